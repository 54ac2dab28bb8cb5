"""The parties of a fee case: invented names and numbers that follow from the child, the same in every decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from orchestration.synthesis.id_numbers import check_character
from orchestration.synthesis.options import Options

_FICTIONAL = "99"
_YEAR = 365


class Parties(NamedTuple):
    """Names and identity numbers; the man's are None where the woman stands alone."""

    man: str | None
    man_id: str | None
    woman: str
    woman_id: str


def parties_of(key: str, born: date, count: int, options: Options, words: Mapping[str, Any]) -> Parties:
    """The parties of a case.

    Args:
        key: what the case is about: the child, or the case itself.
        born: birthday of the child; its parents are 20 to 40 years older.
        count: one party (the mother) or two.
        options: seed and county. The address code of the numbers ends in 99, so that they are nobody's.
        words: surnames, given_male and given_female, characters in a row.
    """
    drawn = sha256(f"{options.seed}|{options.county}|party|{key}".encode()).digest()
    man, woman = drawn[:12], drawn[12:24]
    return Parties(
        _name(man, words["surnames"], words["given_male"]) if count > 1 else None,
        _number(man, born, options, is_male=True) if count > 1 else None,
        _name(woman, words["surnames"], words["given_female"]),
        _number(woman, born, options, is_male=False),
    )


def _name(drawn: bytes, surnames: str, given: str) -> str:
    chosen = [given[byte % len(given)] for byte in drawn[1 : 2 + drawn[3] % 2]]
    return surnames[drawn[0] % len(surnames)] + "".join(chosen)


def _number(drawn: bytes, child_born: date, options: Options, *, is_male: bool) -> str:
    """GB 11643: address code, birthday, sequence (odd for men), check character (ISO 7064 MOD 11-2)."""
    days = 20 * _YEAR + int.from_bytes(drawn[4:8]) % (20 * _YEAR)
    born = child_born - timedelta(days=days)
    sequence = int.from_bytes(drawn[8:12]) % 499 * 2 + (1 if is_male else 2)
    first_17 = f"{options.county[:4]}{_FICTIONAL}{born:%Y%m%d}{sequence:03d}"
    return first_17 + check_character(first_17)
