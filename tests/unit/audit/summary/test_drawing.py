"""Places on paper: round scales that hold zero, bars in proportion, and nothing drawn for what is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.audit.summary.pyramid import SIDE, pyramid
from orchestration.audit.summary.records import Record, total
from orchestration.audit.summary.scales import MARGIN, Scale, scale_over
from orchestration.audit.summary.strips import Words, bar, interval, interval_plot

RATE = {"value": 6.6, "ci_low": 4.0, "ci_high": 10.0, "status": "ok", "unit": "per_mille", "indicator_code": "cbr"}
NAME = Words("出生率", "crude birth rate")


def rate(**changed: object) -> Record:
    return Record("mart_indicators", {"indicator_code": "cbr"}, {**RATE, **changed})


def age(sex: str, group: str, persons: int | None) -> Record:
    return Record(
        "mart_population_structure",
        {"sex": sex, "age_group": group},
        {"sex": sex, "age_group": group, "persons": persons},
    )


@given(st.lists(st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-6), max_size=6))
def test_a_scale_holds_zero_and_every_value_between_round_borders(values: list[float]) -> None:
    scale = scale_over(values)
    assert scale.low <= 0 <= scale.high
    slack = scale.step * 1e-6
    assert all(scale.low - slack <= value <= scale.high + slack for value in values)
    assert 2 <= len(scale.ticks) <= 7
    assert 0.0 in scale.ticks
    assert scale.at(scale.low) == MARGIN
    assert scale.at(scale.high) == 100 - MARGIN


def test_a_scale_of_nothing_or_of_zeros_is_one_step() -> None:
    assert scale_over([]) == scale_over([0, None]) == Scale(0, 1, 1)


def test_counts_are_not_split_and_what_lies_beyond_stands_on_the_border() -> None:
    assert scale_over([2], least_step=1).ticks == [0, 1, 2]
    scale = scale_over([50, 5000], most=200)
    assert scale.high == 200
    assert not scale.holds(5000)
    assert scale.at(5000) == 100 - MARGIN


def test_a_pyramid_has_the_oldest_on_top_and_bars_in_proportion() -> None:
    rows = [age("male", "0-4", 60), age("female", "0-4", 30), age("male", "10-14", 12), age("female", "85+", 3)]
    drawn = pyramid(rows)
    assert [tier.age_group for tier in drawn.tiers] == ["85+", "10-14", "0-4"]
    widths = [(side["persons"], width) for tier in drawn.tiers for side, width in sides(tier) if side]
    assert sum(persons for persons, _ in widths) == 105
    assert len({round(width / persons, 3) for persons, width in widths}) == 1
    assert max(width for _, width in widths) <= SIDE


def sides(tier):
    return (tier.male, tier.male_width), (tier.female, tier.female_width)


def test_a_group_that_nobody_told_of_has_no_bar_and_the_unknown_stand_beside() -> None:
    drawn = pyramid([age("male", "0-4", None), age("female", "0-4", 5), age("unknown", "unknown", 9)])
    assert drawn.tiers[0].male_width is None
    assert drawn.tiers[0].female_width is not None
    assert [row["persons"] for row in drawn.unplaced] == [9]
    assert pyramid([]).tiers == []


def test_a_rate_is_a_point_within_its_limits() -> None:
    strip = interval(NAME, rate(), scale_over([0, 20]))
    assert strip.limits is not None
    assert strip.point is not None
    assert strip.limits[0] < strip.point < sum(strip.limits)


@pytest.mark.parametrize(
    ("record", "has_point", "has_limits"),
    [
        (rate(status="limits_only", value=None), False, True),
        (rate(status="limits_only", value=None, ci_low=None, ci_high=None), False, False),
        (rate(status="missing", value=None, ci_low=None, ci_high=None), False, False),
        (rate(status="suppressed"), False, True),
        (rate(status="unstable"), True, True),
    ],
    ids=["limits only", "too few for limits", "missing", "never a point that is suppressed", "unstable"],
)
def test_only_what_the_mart_shows_is_drawn(record: Record, has_point: bool, has_limits: bool) -> None:
    strip = interval(NAME, record, scale_over([20]))
    assert (strip.point is not None) == has_point
    assert (strip.limits is not None) == has_limits


def test_a_plot_in_which_nothing_is_known_has_no_scale() -> None:
    missing = rate(status="missing", value=None, ci_low=None, ci_high=None)
    plot = interval_plot([("", [missing])], lambda _: NAME, lambda _: None)
    assert plot.scale is None
    assert plot.strips[0].point is None


def test_a_bar_runs_from_zero_and_losses_to_the_left() -> None:
    scale = scale_over([-20, 20])
    row = Record("m", {}, {"births": 20, "deaths": 10, "adjustment": None})
    gain, loss = (
        bar(NAME, row, "births", scale, unit="persons"),
        bar(NAME, row, "deaths", scale, unit="persons", sign="−"),
    )
    assert gain.bar is not None
    assert loss.bar is not None
    assert gain.bar[0] == scale.at(0) == pytest.approx(sum(loss.bar))
    assert gain.bar[1] == pytest.approx(2 * loss.bar[1])
    assert bar(NAME, row, "adjustment", scale, unit="persons").bar is None


def test_a_sum_over_months_is_unknown_where_one_month_is() -> None:
    months = [
        Record("m", {"period_start": f"2014-0{place}-01"}, {"births": place, "deaths": None if place == 2 else 1})
        for place in (1, 2, 3)
    ]
    summed = total(months, ["births", "deaths"])
    assert (summed["births"], summed["deaths"]) == (6, None)
    assert summed.where == {"period_start": "2014-01-01..2014-03-01"}
