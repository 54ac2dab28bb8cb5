"""Sums over divisions and over months: what a larger cell owes to the smaller ones that it is made of.

Divisions are added up month by month, with the parent that was in force at its start, since a village may change its
township within a longer period; that a longer period is the sum of its months is a rule of its own. A part that is
not known leaves the whole unknown: a sum over some of the parts is no sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from expectations.baseline import Table, contract_rule
from expectations.rules import Rule, no_row


def adds_up_over_divisions(
    table: Table, measures: Mapping[str, str], same: Sequence[str] = (), where: str = "true"
) -> Rule:
    """A township is the sum of its villages, a county the sum of its townships, for every measure.

    Args:
        table: the table whose rows are added up.
        measures: SQL over the table's columns by the name it is told under.
        same: columns beyond the period that part and whole share.
        where: SQL that tells the rows that add up; ``[row]`` stands for the row.
    """
    shared = ("period_type", "period_start", *same)
    sums = ", ".join(f"{_sum('part', sql)} as sum_{place}" for place, sql in enumerate(measures.values()))
    pairs = [f"parts.{column} is not distinct from whole.{column}" for column in shared]
    joined = " and ".join(["parts.parent = whole.division_code", *pairs])
    differs = " or ".join(
        f"parts.sum_{place} is distinct from ({_of('whole', sql)})" for place, sql in enumerate(measures.values())
    )
    query = (
        f"select 1 from {{batch}} as whole join (select division.parent_code as parent, {', '.join(shared)}, {sums} "
        "from {batch} as part join dim_division as division on division.division_code = part.division_code "
        "and part.period_start >= division.valid_from and part.period_start < division.valid_to "
        f"where part.division_level <> 'county' and part.period_type = 'month' and {where.replace('[row]', 'part')} "
        f"group by all) as parts on {joined} where ({differs}) and {where.replace('[row]', 'whole')}"
    )
    return contract_rule(
        table,
        "adds_up_over_divisions",
        "村级之和等于乡镇级,乡镇级之和等于县级",
        "villages add up to their township and townships to their county",
        no_row(query),
    )


def adds_up_over_months(
    table: Table, measures: Mapping[str, str], same: Sequence[str] = (), where: str = "true"
) -> Rule:
    """A longer period is the sum of its months, for every measure that is a flow."""
    shared = ("division_code", *same)
    joined = " and ".join(f"part.{column} is not distinct from whole.{column}" for column in shared)
    keys = ", ".join(f"whole.{column}" for column in (*shared, "period_type", "period_start"))
    differs = " or ".join(f"{_sum('part', sql)} is distinct from max({_of('whole', sql)})" for sql in measures.values())
    query = (
        f"select {keys} from {{batch}} as whole join {{batch}} as part on {joined} "
        "and part.period_type = 'month' and part.period_start >= whole.period_start "
        "and part.period_end <= whole.period_end "
        f"where whole.period_type <> 'month' and {where.replace('[row]', 'whole')} group by {keys} having {differs}"
    )
    return contract_rule(
        table,
        "adds_up_over_months",
        "季、半年、年等于所含各月之和",
        "a quarter, half year or year is the sum of its months",
        no_row(query),
    )


def _of(alias: str, sql: str) -> str:
    """The same sum of columns, each read from ``alias``."""
    return " ".join(word if word in "+-" else f"{alias}.{word}" for word in sql.split())


def _sum(alias: str, sql: str) -> str:
    """The sum over all rows, NULL as soon as one of them is not known."""
    part = _of(alias, sql)
    return f"case when count({part}) = count(*) then sum({part}) end"
