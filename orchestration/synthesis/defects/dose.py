"""Who suffers which family of defects, and how often: by the unit's code, the seed and the rate alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from orchestration.synthesis.defects.registry import Defect, Layer, planted, ring, share
from orchestration.synthesis.options import Options
from orchestration.synthesis.streams import stream

_FAMILIES = "ABCD"


@dataclass(frozen=True)
class Dose:
    """The families that a unit suffers and the slips expected on a sheet of it, for each family."""

    families: tuple[str, ...] = ()
    rate: float = 0.0


def dose_of(unit_code: str, options: Options) -> Dose:
    """The dose of a village or township office.

    Villages stand on the ring in the order of their codes, each township from a place of its own, so that neighbours
    differ and every township has clean villages; offices stand on it in the order of their townships.
    """
    if options.defects <= 0:
        return Dose()
    township, number = int(unit_code[6:9]), int(unit_code[9:12])
    places = ring()
    # An office has no number in a township: all offices stand on one ring, apart from the villages'.
    start = _draw(options, "layout", 0 if is_office(unit_code) else township).integers(len(places))
    slot = places[(int(start) + (township if is_office(unit_code) else number)) % len(places)]
    if slot is None:
        return Dose()
    if slot.family != "many":
        return Dose((slot.family,), slot.dose * options.defects)
    # One of the four is left out, or none.
    left_out = int(_draw(options, "families", *_address(unit_code)).integers(len(_FAMILIES) + 1))
    families = tuple(family for at, family in enumerate(_FAMILIES) if at != left_out)
    return Dose(families, slot.dose * options.defects)


def is_office(unit_code: str) -> bool:
    """Whether a unit is a township's office."""
    return unit_code.endswith("-fp")


def generator(options: Options, purpose: str, unit_code: str, month: int, form: str = "L00") -> np.random.Generator:
    """The random numbers of one purpose for a unit, month and form."""
    return _draw(options, purpose, *_address(unit_code), month, int(form[1:]))


def expected_slips(dose: Dose, family: str, layer: Layer) -> float:
    """Slips of a family expected of a layer on a sheet (clerk), in a workbook (file), in a month (reporting)."""
    return dose.rate * share(family, layer)


def once(mean: float, rng: np.random.Generator) -> bool:
    """Whether at least one slip happens where a mean number is expected: for what can go wrong only once."""
    return bool(rng.random() < 1 - exp(-mean))


def by_weight(defects: Sequence[Defect], rng: np.random.Generator) -> list[Defect]:
    """The defects in a random order, the heavier ones sooner."""
    weights = np.array([defect.weight for defect in defects])
    order = rng.choice(len(defects), size=len(defects), replace=False, p=weights / weights.sum())
    return [defects[at] for at in order]


def clerk_defects(family: str, form: str, *, real_names: bool = False) -> tuple[Defect, ...]:
    """What a clerk can do wrong on a form; under names of real places nothing that reads as misconduct."""
    return tuple(defect for defect in planted(family, "clerk", real_names=real_names) if form in defect.forms)


def _address(unit_code: str) -> tuple[int, int]:
    return int(unit_code[:12]), int(is_office(unit_code))


def _draw(options: Options, purpose: str, *numbers: int) -> np.random.Generator:
    return stream(options, f"defects {purpose}", *numbers)
