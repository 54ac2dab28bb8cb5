"""What a village's clerk writes into each column of a form, as expressions over the rows of ``village_columns``."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from orchestration.synthesis.clerk.clerk import Clerk
from orchestration.synthesis.months import period

Cells = dict[str, pl.Expr]


def written(form: str, clerk: Clerk, month: int) -> Cells:
    """Column key -> cells; keys that are missing stay blank, ``serial`` is the page's own."""
    return _WRITERS[form](clerk, month)


def _roster(clerk: Clerk, _month: int) -> Cells:
    group = pl.col("group")
    is_absent = pl.when(pl.col("is_absent")).then(pl.lit("absent")).otherwise(pl.lit("same"))
    code = pl.col("division_code") + group.cast(pl.String).str.zfill(2) + pl.col("serial").cast(pl.String).str.zfill(4)
    return {
        "group": pl.format("{}组", group),
        "household": code,
        "head": pl.col("head"),
        "name": pl.col("name"),
        "relation": clerk.by_sex("relation", "relation", "sex"),
        "sex": clerk.word("sex", "sex"),
        "id_no": pl.col("id_no"),
        "born": clerk.day("born"),
        "marital": clerk.word("marital", "marital"),
        "hukou_type": clerk.word("hukou_type", "hukou_type"),
        "hukou_status": is_absent.replace_strict(clerk.words("residence"), return_dtype=pl.String),
        "in_date": clerk.day("in_day"),
        "in_reason": clerk.word("in_cause", "in_reason"),
    }


def _births(clerk: Clerk, month: int) -> Cells:
    is_late = pl.col("day").dt.strftime("%Y-%m") != period(month)
    return {
        "name": pl.col("own_name"),
        "sex": clerk.word("own_sex", "sex"),
        "born": clerk.day("day"),
        "order": pl.col("birth_order"),
        "mother": pl.col("partner_name"),
        "mother_id": pl.col("partner_id_no"),
        "mother_born": clerk.month("partner_born"),
        "father": pl.col("father_name"),
        "father_id": pl.col("father_id_no"),
        "place": pl.lit(clerk.habits["place_of_birth"]),
        "policy": clerk.word("policy", "policy"),
        "month": pl.lit(period(month).replace("-", "")),
        "hukou_date": clerk.day("entered"),
        "alive": clerk.word("own_fate", "alive"),
        "remark": pl.when(is_late).then(pl.lit(clerk.words("remark")["late"])),
    }


def _deaths(clerk: Clerk, month: int) -> Cells:
    causes = pl.Series(clerk.habits["death_causes"])
    return {
        "name": pl.col("own_name"),
        "sex": clerk.word("own_sex", "sex"),
        "id_no": pl.col("own_id_no"),
        "born": clerk.day("own_born"),
        "died": clerk.day("day"),
        "cause": pl.lit(causes).gather(pl.col("event") % causes.len()),
        "cancelled": clerk.day("entered"),
        "month": pl.lit(period(month).replace("-", "")),
    }


def _moves(clerk: Clerk, _month: int) -> Cells:
    is_in = pl.col("kind") == "move_in"
    outside = clerk.word("other_place", "other_place")
    # Some clerks name the far village, some give its code.
    inside = pl.when(pl.col("event") % 2 == 0).then(pl.col("far_place")).otherwise(pl.col("far_code"))
    return {
        "name": pl.col("own_name"),
        "sex": clerk.word("own_sex", "sex"),
        "id_no": pl.col("own_id_no"),
        "born": clerk.month("own_born"),
        "direction": clerk.word("kind", "direction"),
        "reason": pl.when(is_in).then(clerk.word("cause", "move_in")).otherwise(clerk.word("cause", "move_out")),
        "other": pl.coalesce(inside, outside),
        "moved": clerk.day("day"),
        "permit": pl.format("{}{}", pl.col("day").dt.year(), pl.col("event").cast(pl.String).str.zfill(8)),
        "hukou_type": clerk.word("own_hukou_type", "hukou_type"),
    }


def _couples(clerk: Clerk, _month: int) -> Cells:
    number = pl.format("{}-{}", pl.col("day").dt.year(), pl.col("event").cast(pl.String).str.zfill(8))
    return {
        "matter": clerk.word("kind", "union_matter"),
        "married": clerk.day("day"),
        "man": pl.col("partner_name"),
        "man_id": pl.col("partner_id_no"),
        "man_home": pl.col("here"),
        "man_order": clerk.word("husband_order", "union_order"),
        "woman": pl.col("own_name"),
        "woman_id": pl.col("own_id_no"),
        "woman_home": pl.col("here"),
        "woman_order": clerk.word("wife_order", "union_order"),
        "certificate": number,
    }


def _stays(clerk: Clerk, _month: int) -> Cells:
    away = clerk.word("place", "float_place")
    is_in = pl.col("flow") == "in"
    return {
        "name": pl.col("own_name"),
        "sex": clerk.word("sex", "sex"),
        "id_no": pl.col("own_id_no"),
        "born": clerk.month("born"),
        "flow": clerk.word("flow", "float_flow"),
        "hukou_place": pl.when(is_in).then(away).otherwise(pl.col("here")),
        "live_place": pl.when(is_in).then(pl.col("here")).otherwise(away),
        "moved": clerk.day("from_day"),
        "reason": clerk.word("reason", "float_reason"),
    }


_WRITERS: dict[str, Callable[[Clerk, int], Cells]] = {
    "L01": _roster,
    "L02": _births,
    "L03": _deaths,
    "L04": _couples,
    "L05": _moves,
    "L06": _stays,
}
