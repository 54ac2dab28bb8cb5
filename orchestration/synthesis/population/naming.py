"""Names and resident identity numbers (GB 11643) of everybody at once.

A person's name and number depend on the person and on who came before, never on who comes after.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import polars as pl
import yaml

from orchestration.errors import CouldNotRun
from orchestration.synthesis.id_numbers import CHECK_CHARACTERS, WEIGHTS
from orchestration.synthesis.population import world as w

_SEQUENCES = 499  # of a sex, on a day, under a prefix: 001..997 odd or 002..998 even
_STEP = 7  # numbers are not handed out in their order; prime to 499, so that 499 steps meet every number once


@cache
def _book() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("names.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _checksum(digits: w.Array, first: int, width: int) -> w.Array:
    """Weighted sum of the digits of numbers that stand from place ``first`` (from 0) of an identity number."""
    total = np.zeros(len(digits), np.int64)
    for place in range(width):
        total += digits // 10 ** (width - 1 - place) % 10 * WEIGHTS[first + place]
    return total


def draw_names(rng: np.random.Generator, sex: w.Array) -> tuple[w.Array, w.Array]:
    """Surname and given name, as codes, for people whose father's name is not known; each of the shape of ``sex``."""
    weights = np.array(list(_book()["surnames"].values()), float)
    surname = np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(len(sex)), side="right")
    return surname.astype(np.int16), draw_given(rng, sex)


def draw_given(rng: np.random.Generator, sex: w.Array) -> w.Array:
    """A given name of one or two characters as a code below ``64 * 64``; shape of ``sex``.

    The code is ``first * 64 + second``, the second 63 for a name of one character.
    """
    pools = _book()["given"]
    size = np.array([len(pools["male"]), len(pools["female"])])[sex]
    first = (rng.random(len(sex)) * size).astype(np.int32)
    second = (rng.random(len(sex)) * size).astype(np.int32)
    second[rng.random(len(sex)) < _book()["one_character"]] = 63
    code: w.Array = first * 64 + second
    return code


@dataclass(frozen=True)
class Naming:
    """How a county writes people down. ``prefixes``: the six digits by prefix code of a person."""

    prefixes: tuple[str, ...]

    def names(self, people: w.Columns) -> pl.Series:
        """Full names, one a person."""
        book = _book()
        surnames = pl.Series(list(book["surnames"]), dtype=pl.String)
        pool = [list(book["given"][sex]) for sex in w.SEXES]
        first = pl.Series([*pool[0], *pool[1]], dtype=pl.String)
        second = pl.Series([*pool[0], *pool[1], ""], dtype=pl.String)
        shift = people["sex"].astype(np.int64) * len(pool[0])
        one, two = people["given"] // 64, people["given"] % 64
        place_two = np.where(two == 63, len(second) - 1, two + shift)
        return (
            surnames.gather(people["surname"].astype(np.int64)) + first.gather(one + shift) + second.gather(place_two)
        )

    def numbers(self, people: w.Columns) -> pl.Series:
        """Identity numbers of 18 characters with their check character, all different, one a person.

        Raises:
            CouldNotRun: more than 499 people of a sex share a day of birth and a prefix.
        """
        born, prefix, sex = (people[name].astype(np.int64) for name in ("born", "prefix", "sex"))
        rank = _rank((prefix * 2 + sex) * 100_000 + born + 50_000)
        if rank.size and int(rank.max()) >= _SEQUENCES:
            raise CouldNotRun(
                "a county has more people of one birthday than identity numbers can tell apart",
                "同一天出生的人超过了公民身份号码能够区分的数目",
                remedy_en="Ask for fewer persons.",
                remedy_zh="请减少人数。",
            )
        start = (born * 131 + prefix * 17 + sex * 59) % _SEQUENCES
        sequence = (start + rank * _STEP) % _SEQUENCES * 2 + 1 + sex
        calendar = np.arange(born.min(), born.max() + 1) if born.size else np.zeros(1, np.int64)
        dates = calendar.astype("datetime64[D]")
        years, months = dates.astype("datetime64[Y]"), dates.astype("datetime64[M]")
        written = (
            (years.astype(np.int64) + 1970) * 10_000
            + ((months - years.astype("datetime64[M]")).astype(np.int64) + 1) * 100
            + (dates - months.astype("datetime64[D]")).astype(np.int64)
            + 1
        )
        day = born - calendar[0]
        heads = np.array([int(text) for text in self.prefixes])
        total = (
            _checksum(heads, 0, 6)[prefix] + _checksum(written, 6, 8)[day] + _checksum(np.arange(1000), 14, 3)[sequence]
        )
        digits = heads[prefix] * 10**11 + written[day] * 1000 + sequence
        checks = pl.Series(list(CHECK_CHARACTERS), dtype=pl.String).gather(total % 11)
        return pl.Series(digits).cast(pl.String) + checks


def _rank(key: w.Array) -> w.Array:
    """How many earlier elements equal each element; shape of ``key``."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(key) else np.empty(0, np.int64)
    rank = np.empty(len(key), np.int64)
    rank[order] = np.arange(len(key)) - np.repeat(starts, np.diff(np.r_[starts, len(key)]))
    return rank
