"""Contraceptives and technical services of each township's station: stock by supply and month, services by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from orchestration.synthesis.money.dice import Dice
from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.services import townships
from orchestration.synthesis.streams import stream
from orchestration.synthesis.tables import empty, typed


def simulate(
    truth: dict[str, pl.DataFrame], county_code: str, options: Options, last_month: int
) -> dict[str, pl.DataFrame]:
    """Stock and technical services from ``options.start`` to the end of ``last_month``; a longer run only adds.

    Args:
        truth: villages.
        county_code: six digits; supplies are the same in every county.
        options: seed and first month.
        last_month: number of the last month.

    Returns:
        The tables supplies and technical_services.
    """
    del county_code
    months = range(options.start, last_month + 1)
    found: dict[str, list[dict[str, Any]]] = {"supplies": [], "technical_services": []}
    for town, people in townships(truth["villages"]).items():
        for item, plan in _figures()["supplies"].items():
            found["supplies"] += _stock(town, item, plan, people, options, months)
        for service, plan in _figures()["services"].items():
            found["technical_services"] += _cases(town, service, plan, people, options, months)
    return {
        name: typed(name, pl.DataFrame(rows, infer_schema_length=None)) if rows else empty(name)
        for name, rows in found.items()
    }


def _stock(
    town: str, item: str, plan: Mapping[str, Any], people: int, options: Options, months: range
) -> Iterator[dict[str, Any]]:
    """The book of one supply, month after month: each opens with what the last one closed with."""
    figures = _figures()
    usual = plan["issued"] * people / 1000
    stock = round(plan["opening"] * people / 1000)
    for month in months:
        drawn = stream(options, f"supplies {item}", int(town), month)
        dice = Dice(drawn)
        received = round(usual * figures["drawn_months"]) if stock < usual * figures["least_months"] else 0
        issued = min(int(drawn.poisson(usual)), stock + received)
        lost = min(
            dice.between(figures["lost_pieces"]) if dice.chance(figures["lost"]) else 0, stock + received - issued
        )
        closing = stock + received - issued - lost
        off = dice.between(figures["difference"]) if dice.chance(figures["differs"]) else 0
        yield {
            "township_code": town,
            "day": dice.day(first_day(month), last_day(month)),
            "item_code": item,
            "measure": plan["measure"],
            "opening": stock,
            "received": received,
            "issued": issued,
            "lost": lost,
            "closing": closing,
            "counted": max(closing + off, 0) if dice.chance(figures["counted"]) else None,
            "contacts": -(-issued // plan["each"]),
        }
        stock = closing


def _cases(
    town: str, service: str, plan: Mapping[str, Any], people: int, options: Options, months: range
) -> Iterator[dict[str, Any]]:
    """Rows of one technical service: those with a record of informed choice, and those without."""
    for month in months:
        drawn = stream(options, f"technical {service}", int(town), month)
        cases = int(drawn.poisson(plan["cases"] * people / 1000))
        without = int(drawn.binomial(cases, plan["without_consent"]))
        for number, has_consent in ((cases - without, True), (without, False)):
            if number:
                yield {
                    "township_code": town,
                    "day": Dice(drawn).day(first_day(month), last_day(month)),
                    "service_code": service,
                    "cases": number,
                    "has_consent": has_consent,
                }


@cache
def _figures() -> Mapping[str, Any]:
    figures: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return figures
