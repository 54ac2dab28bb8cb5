"""What a column of a sheet can be under one form: one of its columns, known and not kept, or no data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from orchestration.ingest.layout import Catalogue, Layout
from orchestration.ingest.proposals.shapes import Shape
from orchestration.ingest.proposals.wording import tokens
from orchestration.ingest.text import squash

NOT_KEPT = "-"
ROLES = ("@serial", "@unit", "@fill_date", "@remark")
# How well a kind of cell fits a type of column; a kind that is not named fits not at all.
_FITS: dict[str, dict[str, float]] = {
    "id": {"id": 1.0, "number": 0.3},
    "key": {"number": 1.0, "whole": 0.9, "small": 0.6, "serial": 0.4, "mark": 0.3, "date": 0.3, "phone": 0.4},
    "date": {"date": 1.0, "month": 0.4},
    "month": {"month": 1.0, "date": 0.95},
    "period": {"month": 1.0, "date": 0.6, "year": 0.4},
    "int": {"small": 1.0, "mark": 0.9, "whole": 0.6, "year": 0.4, "serial": 0.3},
    "decimal": {"decimal": 1.0, "small": 0.8, "mark": 0.7},
    "fraction": {"decimal": 1.0, "small": 0.5, "mark": 0.7},
    "money": {"decimal": 1.0, "whole": 1.0, "small": 0.6, "phone": 0.4, "year": 0.6, "mark": 0.3},
    "area": {"place": 1.0, "name": 0.5, "text": 0.7, "number": 0.4, "mark": 0.2},
    "unit": {"place": 1.0, "name": 0.6, "text": 0.6, "number": 0.3},
    "text": {"number": 1.0, "whole": 0.8, "text": 0.5, "phone": 0.7, "name": 0.2, "id": 0.2, "small": 0.4},
    "name": {"name": 1.0, "text": 0.3},
    "phone": {"phone": 1.0},
    "serial": {"serial": 1.0, "small": 0.5},
}  # fmt: skip
_FITS["division"] = _FITS["pick"] = _FITS["area"]
_FITS["count"] = _FITS["int"]
# What the last word of a header says about its cells, where the type of its column does not.
_SAID = {
    "姓名": "name", "户主": "name", "身份证": "id", "日期": "date", "电话": "phone", "年龄": "int", "数量": "int",
    "地址": "area", "现居住地": "area", "户籍地": "area", "号码": "text", "金额": "money",
}  # fmt: skip
_UNTOLD = 0.5
# Figures stand in many columns: that a column holds them tells little for any one of them.
_WORDY = frozenset({"code", "bool"})


@dataclass(frozen=True)
class Target:
    """One thing that a column can be: the alias it is known by, the column (or role), what its cells look like."""

    name: str
    alias: str
    fits: str
    words: str | None = None

    def suits(self, shape: Shape) -> float:
        """How well cells of a shape fit, between 0 and 1; a half where nothing is said."""
        if not shape.kinds:
            return _UNTOLD
        if self.words is not None:
            return shape.words.get(self.words, 0.0)
        fits = _FITS.get(self.fits)
        if fits is None:
            return _UNTOLD
        return sum(share * fits.get(kind, 0.0) for kind, share in shape.kinds.items())


def word_lists(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """The words of every code column of every form, by ``form.column``."""
    return {
        f"{layout.form}.{name}": frozenset(squash(word) for words in catalogue.codes(column).values() for word in words)
        for layout in catalogue.layouts.values()
        for name, column in layout.columns.items()
        if column.type in _WORDY
    }


@lru_cache(maxsize=64)
def targets(catalogue: Catalogue, form: str) -> tuple[Target, ...]:
    """Everything that a column of a sheet of this form can be."""
    layout = catalogue.layouts[form]
    found = [_target(layout, name, alias) for alias, name in layout.header_names.items()]
    for role, words in zip(
        ROLES, (catalogue.serial, catalogue.unit, catalogue.fill_date, catalogue.remark), strict=True
    ):
        kind = {"@serial": "serial", "@unit": "unit", "@fill_date": "date"}.get(role, "")
        found += [Target(role, word, kind) for word in sorted(words)]
    found += [Target(NOT_KEPT, word, "") for word in sorted(catalogue.ignored - catalogue.remark)]
    # Aliases of the same words say the same: one of them stands for all.
    return tuple({(target.name, target.fits, *sorted(tokens(target.alias))): target for target in found}.values())


@lru_cache(maxsize=64)
def by_word(catalogue: Catalogue, form: str) -> dict[str, tuple[Target, ...]]:
    """The same by each word of its alias."""
    found: dict[str, list[Target]] = {}
    for target in targets(catalogue, form):
        for token in set(tokens(target.alias)):
            found.setdefault(token, []).append(target)
    return {token: tuple(held) for token, held in found.items()}


def owned(neighbour: str, leaf: str) -> str:
    """A header that its neighbour makes clear, in one word: 母亲姓名 and 身份证号 are 母亲身份证号."""
    return neighbour.removesuffix("姓名") + "_" + leaf


def _target(layout: Layout, name: str, alias: str) -> Target:
    column = layout.columns[name]
    neighbour, mark, leaf = alias.rpartition(">")
    spelled = owned(neighbour, leaf) if mark else alias
    if column.type in _WORDY:
        return Target(name, spelled, column.type, f"{layout.form}.{name}")
    return Target(name, spelled, _said(spelled) if column.type == "drop" else column.type)


def _said(alias: str) -> str:
    last = tokens(alias)[-1:]
    return _SAID.get(last[0], "") if last else ""
