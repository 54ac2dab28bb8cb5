"""Layouts that no alias list knows, made from the forms: renamed, shuffled, with columns gone and put in."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from benchmarks.proposals import cells
from orchestration.ingest.layout import Catalogue, Layout
from orchestration.ingest.proposals.targets import NOT_KEPT
from orchestration.ingest.text import squash

Half = Literal["tuning", "measuring"]
Source = Literal["synonyms", "stranger", "held-out aliases"]
_HELD_OUT = 5
RENAMED = (0.3, 0.6, 1.0)


@dataclass(frozen=True)
class Case:
    """One sheet: its title, its headers with what each of them is, and its cells by column."""

    form: str
    title: str
    headers: tuple[str, ...]
    truth: tuple[str, ...]
    renamed: tuple[bool, ...]
    columns: tuple[list[object], ...]

    def rows(self) -> list[list[object]]:
        """The sheet as a reader would see it."""
        width = len(self.headers)
        head: list[list[object]] = [[self.title, *[""] * (width - 1)]] if self.title else []
        return [*head, list(self.headers), *map(list, zip(*self.columns, strict=True))]


def half_of(text: str) -> Half:
    """Which half a synonym belongs to, by its own spelling."""
    return "tuning" if zlib.crc32(text.encode()) % 2 else "measuring"


def reduced(catalogue: Catalogue, half: Half) -> Catalogue:
    """The catalogue without one alias or word in five, by the half."""
    layouts = {form: _without(layout, half) for form, layout in catalogue.layouts.items()}
    return Catalogue(layouts, catalogue.common)


def pool(catalogue: Catalogue, source: Source, half: Half) -> tuple[Catalogue, dict[str, dict[str, list[str]]]]:
    """The catalogue that is asked, and by form and column the headers that it does not know."""
    if source != "held-out aliases":
        known = {form: layout.header_names for form, layout in catalogue.layouts.items()}
        written = _written(source)
        found = {
            form: {
                name: [text for text in texts if half_of(text) == half and squash(text) not in known[form]]
                for name, texts in written[form].items()
            }
            for form in catalogue.layouts
        }
        return catalogue, found
    asked = reduced(catalogue, half)
    found = {form: {} for form in catalogue.layouts}
    for form, layout in catalogue.layouts.items():
        gone = layout.header_names.keys() - asked.layouts[form].header_names.keys()
        for header in sorted(gone):
            if not {"_", ">"} & set(header):
                found[form].setdefault(layout.header_names[header], []).append(header)
    return asked, found


def cases(catalogue: Catalogue, unknown: dict[str, dict[str, list[str]]], count: int, seed: int) -> Iterator[Case]:
    """``count`` sheets of each form."""
    for form, layout in catalogue.layouts.items():
        for number in range(count):
            rng = random.Random(f"{seed} {form} {number}")
            yield _case(rng, catalogue, layout, unknown[form], RENAMED[number % len(RENAMED)])


def _case(
    rng: random.Random, catalogue: Catalogue, layout: Layout, unknown: dict[str, list[str]], share: float
) -> Case:
    plain: dict[str, list[str]] = {}
    for header, name in layout.header_names.items():
        if not {"_", ">"} & set(header):
            plain.setdefault(name, []).append(header)
    columns: list[tuple[str, str, bool]] = []
    for name, texts in _common(layout, plain | unknown).items():
        several = rng.randint(1, 3) if name == "other" else 1
        for _ in range(several):
            fresh = [text for text in unknown.get(name, []) if text not in {header for header, _, _ in columns}]
            if fresh and (rng.random() < share or not plain.get(name)):
                columns.append((_shortened(rng, rng.choice(fresh), layout), name, True))
            elif plain.get(name):
                columns.append((rng.choice(plain[name]), name, False))
        del texts
    columns = [
        column for column in columns
        if layout.columns[column[1]].places_row or rng.random() < (0.85 if unknown.get(column[1]) else 0.3)
    ]  # fmt: skip
    columns += [(text, NOT_KEPT, True) for text in rng.sample(_foreign(), rng.choice([0, 0, 1, 2]))]
    columns = list({column[0]: column for column in columns}.values())
    if rng.random() < 0.6:
        rng.shuffle(columns)
    columns = [("序号", "@serial", False), *columns] if rng.random() < 0.7 else columns
    titles = [f"2014年5月{layout.name_zh}", rng.choice(_titles()[layout.form]), ""]
    made = [
        [float(number + 1) for number in range(cells.ROWS)] if name == "@serial"
        else cells.of_column(rng, catalogue, name, layout.columns.get(name), header)
        for header, name, _ in columns
    ]  # fmt: skip
    headers, truth, renamed = zip(*columns, strict=True)
    return Case(layout.form, rng.choice(titles), headers, truth, renamed, tuple(made))


def _common(layout: Layout, headers: dict[str, list[str]]) -> dict[str, list[str]]:
    """The columns of a form that any header is known for, in the order of the form."""
    return {name: headers[name] for name in layout.columns if headers.get(name)}


def _shortened(rng: random.Random, header: str, layout: Layout) -> str:
    """A header with its last character left out now and then, as narrow columns have it."""
    short = header[:-1]
    clear = (
        len(header) >= 5
        and header[-1] in "号码期间况名"
        and squash(short) not in layout.header_names
        and rng.random() < 0.3
    )
    return short if clear else header


def _without(layout: Layout, half: Half) -> Layout:
    read: dict[str, Any] = layout.model_dump()
    rest = 0 if half == "tuning" else 2

    def kept(word: str) -> bool:
        return zlib.crc32(word.encode()) % _HELD_OUT != rest

    for column in read["columns"].values():
        column["aliases"] = [alias for alias in column["aliases"] if "{" in alias or kept(alias)]
    for name, words in read["words"].items():
        read["words"][name] = [word for word in words if kept(word)] or list(words)[:1]
    return Layout.model_validate(read)


@lru_cache(maxsize=2)
def _written(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(Path(__file__).with_name(f"{name}.yml").read_text("utf-8"))
    return read


def _foreign() -> list[str]:
    return [*_written("synonyms")["foreign"], *_written("stranger")["foreign"]]


def _titles() -> dict[str, list[str]]:
    return dict(_written("synonyms")["titles"])
