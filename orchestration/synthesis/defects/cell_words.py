"""Slips in a word or code: what is typed instead of the clean one."""

from __future__ import annotations

import re

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.defects.cell_ids import is_number
from orchestration.synthesis.defects.desk import Spot, Typed

_NOTHING = ("—", "/", "无", "－", "不详")
_UNKNOWN = ("不详", "—", "未知")
_DITTO = ("〃", "同上")
_BLACKED_OUT = ("××", "***", "XXX")
_NUMERALS = "零一二三四五六七八九十"
_OTHER_SEX = {"男": "女", "女": "男", "男性": "女性", "女性": "男性", "1": "2", "2": "1"}
_GROUP = re.compile(r"^(\d{1,2})组$", re.ASCII)
_HEADS = ("户主", "本人", "本人或户主")


def blanks_inside(spot: Spot) -> Cell:
    """Blanks within or behind the text, some of full width."""
    if not isinstance(spot.cell, str | int) or isinstance(spot.cell, bool):
        return spot.cell
    text = str(spot.cell)
    blank = spot.pick((" ", "\u3000"))
    if is_number(text):
        return blank.join((text[:6], text[6:14], text[14:]))
    return text[: len(text) // 2] + blank + text[len(text) // 2 :] if len(text) > 1 else text + blank


def unknown_word(spot: Spot) -> Cell:
    """A word that the list of this column lacks."""
    words = spot.defect.words[spot.key]
    return spot.pick(words) if spot.cell is not None else None


def dash_for_blank(spot: Spot) -> Cell:
    """A dash or a word for nothing where the form may stay blank."""
    return spot.pick(_NOTHING) if spot.cell is None else spot.cell


def nothing_said(spot: Spot) -> Cell:
    """A word for not knowing where the form cannot do without."""
    return spot.pick(_UNKNOWN) if spot.cell is not None else None


def ditto(spot: Spot) -> Cell:
    """A sign for the same as above, where it is the same and stands there plainly."""
    above = spot.row - 1
    if (
        above < 0
        or spot.cell is None
        or spot.desk.cell(above, spot.key) != spot.cell
        or not spot.desk.is_free(above, None)
    ):
        return spot.cell
    spot.desk.take(above, spot.key)
    return spot.pick(_DITTO)


def left_blank(_spot: Spot) -> Cell:
    """Nothing at all."""
    return None


def redacted(spot: Spot) -> Cell:
    """Blacked out by hand."""
    return spot.pick(_BLACKED_OUT) if spot.cell is not None else None


def spelled_group(spot: Spot) -> Cell:
    """The same group of the village in numerals: 一组 or 第一村民小组 for 1组."""
    found = _GROUP.match(str(spot.cell))
    if not found or not 1 <= int(found[1]) <= 19:
        return spot.cell
    number = int(found[1])
    word = _NUMERALS[number] if number <= 10 else f"十{_NUMERALS[number - 10]}"
    return spot.pick((f"{word}组", f"第{word}村民小组"))


def sex_against_id(spot: Spot) -> Cell:
    """The other sex than the ID number beside it says."""
    number, sex = spot.beside("id_no"), str(spot.cell)
    if not is_number(number) or sex not in _OTHER_SEX:
        return spot.cell
    is_male = int(str(number)[16]) % 2 == 1
    return _OTHER_SEX[sex] if is_male == (sex in ("男", "男性", "1")) else spot.cell


def headless(spot: Spot) -> Cell:
    """No head: the household's first person stands under another relation."""
    return "其他" if spot.cell in _HEADS else spot.cell


WORD_SLIPS: dict[str, Typed] = {
    "blanks_inside": blanks_inside,
    "unknown_word": unknown_word,
    "dash_for_blank": dash_for_blank,
    "nothing_said": nothing_said,
    "ditto": ditto,
    "left_blank": left_blank,
    "redacted": redacted,
    "spelled_group": spelled_group,
    "sex_against_id": sex_against_id,
    "headless": headless,
}
