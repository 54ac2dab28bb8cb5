"""The registry of defects (``defects.yml``) as typed rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Layer = Literal["reporting", "clerk", "file", "truth"]
Scope = Literal["cell", "row", "sheet", "file", "unit_month"]

FORMATS = ("xlsx", "csv", "mixed", "parquet")
_FILE = Path(__file__).with_name("defects.yml")


@dataclass(frozen=True)
class Defect:
    """One line of the registry; what its fields mean stands at the head of ``defects.yml``."""

    code: str
    layer: Layer
    scope: Scope
    make: str
    forms: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    decidable: bool = True
    must_flag: bool = True
    expected: str | None = None
    weight: float = 1.0
    formats: tuple[str, ...] = FORMATS
    misconduct: bool = False

    @property
    def family(self) -> str:
        """``A`` cell, ``B`` row, ``C`` sheet and file, ``D`` flow, ``F`` hard negatives."""
        return self.code[0]


@dataclass(frozen=True)
class Slot:
    """What befalls one place of the ring: a family (or ``many``) and its dose as a multiple of the rate."""

    family: str
    dose: float


@cache
def registry() -> dict[str, Defect]:
    """All defects by code, in the order of the file."""
    return {code: _defect(code, line) for code, line in _written()["defects"].items()}


@cache
def ring() -> tuple[Slot | None, ...]:
    """The places of the ring, None where nothing is planted; the slots are spread evenly."""
    layout = _written()["layout"]
    size, slots = int(layout["ring"]), [_slot(text) for text in layout["slots"]]
    places: list[Slot | None] = []
    for place in range(size):
        before, after = place * len(slots) // size, (place + 1) * len(slots) // size
        places.append(slots[before] if after > before else None)
    return tuple(places)


@cache
def most_of_a_kind() -> int:
    """How many lawful things of one kind are logged on a page."""
    return int(_written()["most_of_a_kind"])


@cache
def rows_of_a_sheet() -> int:
    """How many rows a sheet has for which the rate is meant."""
    return int(_written()["rows_of_a_sheet"])


@cache
def planted(family: str, layer: Layer, *, real_names: bool = False) -> tuple[Defect, ...]:
    """The defects of a family that are planted at a layer; under names of real places none that reads as misconduct."""
    return tuple(
        defect
        for defect in registry().values()
        if defect.family == family and defect.layer == layer and not (real_names and defect.misconduct)
    )


@cache
def share(family: str, layer: Layer) -> float:
    """The part of a family's slips that a layer plants: its weight among all that are planted under invented names."""
    weights = {found: sum(d.weight for d in planted(family, found)) for found in ("reporting", "clerk", "file")}
    return weights[layer] / sum(weights.values())


def _slot(text: str) -> Slot:
    family, dose = text.split()
    return Slot(family, float(dose))


def _defect(code: str, line: Mapping[str, Any]) -> Defect:
    lists = {name: {key: tuple(found) for key, found in line.get(name, {}).items()} for name in ("forms", "words")}
    formats = tuple(line.get("formats", FORMATS))
    return Defect(code=code, **{**line, **lists, "formats": formats})


@cache
def _written() -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return written
