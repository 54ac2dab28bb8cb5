"""Plots of one line for each figure: a bar from zero, or a point within its limits, and a target to hold it against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from orchestration.audit.summary.records import Record
from orchestration.audit.summary.scales import Scale, scale_over

WITH_POINT = ("ok", "unstable")
WHOLE = 100.0


@dataclass(frozen=True)
class Words:
    """A name in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Target:
    """A target as a mart states it: a figure of ``record`` and, where one is stated, which side of it is wanted."""

    record: Record
    column: str
    direction: str | None = None

    @property
    def value(self) -> float | None:
        """The figure, in the unit of what stands beside it; None where the mart has none."""
        found = self.record[self.column]
        return None if found is None else float(found)


@dataclass(frozen=True)
class Strip:
    """One line of a plot: the figure ``column`` of ``record``. Places are percent of the width, None where unknown."""

    name: Words
    record: Record
    column: str
    unit: str
    kind: str = ""
    sign: str = ""
    bar: tuple[float, float] | None = None
    point: float | None = None
    limits: tuple[float, float] | None = None
    target: Target | None = None
    mark: float | None = None
    is_beyond: bool = False


@dataclass(frozen=True)
class Plot:
    """Strips under headings, on one scale; a plot whose strips have scales of their own has none to show."""

    groups: list[tuple[str, list[Strip]]] = field(default_factory=list)
    scale: Scale | None = None

    @property
    def strips(self) -> list[Strip]:
        """Every strip, in order."""
        return [strip for _, strips in self.groups for strip in strips]


def bar(
    name: Words,
    record: Record,
    column: str,
    scale: Scale,
    *,
    unit: str,
    kind: str = "",
    sign: str = "",
    target: Target | None = None,
) -> Strip:
    """A bar from zero; ``sign`` − draws it to the left."""
    value = record[column]
    drawn = None if value is None else scale.span(0, -value if sign == "−" else value)
    goal = None if target is None or target.value is None else scale.at(target.value)
    return Strip(name, record, column, unit, kind, sign, bar=drawn, target=target, mark=goal)


def interval(name: Words, record: Record, scale: Scale, target: Target | None = None) -> Strip:
    """A row of ``mart_indicators``: its point if the mart shows one, its limits if the mart shows them."""
    value, low, high = record["value"], record["ci_low"], record["ci_high"]
    has_point = value is not None and record["status"] in WITH_POINT
    return Strip(
        name,
        record,
        "value",
        record["unit"],
        kind=record["status"],
        point=scale.at(value) if has_point else None,
        limits=None if low is None or high is None else scale.span(low, high),
        target=target,
        mark=None if target is None or target.value is None else scale.at(target.value),
        is_beyond=has_point and not scale.holds(value),
    )


def interval_plot(
    groups: Iterable[tuple[str, Sequence[Record]]],
    name_of: Callable[[str], Words],
    target_of: Callable[[Record], Target | None],
    most: float = float("inf"),
    least: float = 0.0,
) -> Plot:
    """Rows of ``mart_indicators`` of one unit under headings; the scale reaches ``least`` and ends at ``most``."""
    rows = [(heading, [(record, target_of(record)) for record in found]) for heading, found in groups if found]
    values = [
        value
        for _, found in rows
        for record, target in found
        for value in (record["value"], record["ci_low"], record["ci_high"], target.value if target else None)
    ]
    scale = scale_over([*values, least], most)
    has_any = any(value is not None for value in values)
    return Plot(
        [
            (heading, [interval(name_of(record["indicator_code"]), record, scale, target) for record, target in found])
            for heading, found in rows
        ],
        scale if has_any else None,
    )
