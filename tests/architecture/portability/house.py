"""Rules of this house that keep a mart readable and a join fast."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp

from .query import Query, shown
from .rule import Rule

END_OF_VALIDITY = re.compile(r"(^|_)(valid|due|effective)_(to|until)$", re.IGNORECASE)


def _unnamed_output(query: Query) -> Iterator[str]:
    """Stars through which columns of another table reach the output; behind a named column a star is harmless."""
    tree = query.written
    named_here = {cte.alias_or_name.lower(): cte.this for cte in tree.find_all(exp.CTE)}
    return _stars(tree, named_here)


def _stars(tree: exp.Expression, named_here: dict[str, exp.Expression]) -> Iterator[str]:
    if isinstance(tree, exp.SetOperation):
        yield from _stars(tree.this, named_here)
        yield from _stars(tree.expression, named_here)
        return
    if isinstance(tree, exp.Subquery):
        yield from _stars(tree.this, named_here)
        return
    if not isinstance(tree, exp.Select):
        return
    read = [part.this for part in [tree.args.get("from_"), *(tree.args.get("joins") or [])] if part is not None]
    for item in tree.expressions:
        qualified = isinstance(item, exp.Column) and isinstance(item.this, exp.Star)
        if not qualified and not isinstance(item, exp.Star):
            continue
        for table in read:
            if qualified and table.alias_or_name.lower() != item.table.lower():
                continue
            if isinstance(table, exp.Table) and (table.db or table.name.lower() not in named_here):
                yield f"{shown(item)} from {table.name}"
            elif isinstance(table, exp.Table):
                yield from _stars(named_here[table.name.lower()], named_here)
            else:
                yield from _stars(table, named_here)


def _validity_taken_for_null(query: Query) -> Iterator[str]:
    for node in query.written.find_all(exp.Is):
        if isinstance(node.this, exp.Column) and END_OF_VALIDITY.search(node.this.name):
            yield shown(node)


def _join_on_null(query: Query) -> Iterator[str]:
    for join in query.written.find_all(exp.Join):
        condition = join.args.get("on")
        for either in condition.find_all(exp.Or) if condition is not None else ():
            if either.find(exp.Is):
                yield f"on {shown(either)}"


def _implicit_join(query: Query) -> Iterator[str]:
    for join in query.written.find_all(exp.Join):
        lateral = isinstance(join.this, exp.Lateral | exp.Unnest)
        unsaid = not (join.side or join.kind or join.method)
        natural = (join.method or "").upper() == "NATURAL"
        if natural or (unsaid and not join.args.get("on") and not join.args.get("using") and not lateral):
            yield shown(join)


RULES = (
    Rule(
        name="named_columns_in_marts",
        why="A published table names its columns in its own file, so that review sees a new one: a star may stand "
        "over a query that names its columns, never let those of another table through.",
        find=_unnamed_output,
        layers=("marts",),
        bad=(
            "select * from int_balance",
            "with b as (select * from main.int_balance) select * from b",
            "with b as (select a from t) select b.a, u.* from b inner join u on u.a = b.a",
            "select a from t union all select * from u",
            "select * from (select * from t) as s",
        ),
        good=(
            "with final as (select a, b from int_balance) select * from final",
            "with b as (select * from main.int_balance) select a from b",
            "select count(*) as n from t",
        ),
    ),
    Rule(
        name="validity_has_an_end",
        why="A validity never ends in null but on 9999-12-31; a query that expects a null hides a broken table.",
        find=_validity_taken_for_null,
        bad=("select a from t where valid_to is null", "select a from t where not valid_to is null"),
        good=("select a from t where valid_to = date '9999-12-31'", "select a from t where moved_to is null"),
    ),
    Rule(
        name="no_null_branch_in_join",
        why="on ... and (b.valid_to is null or a.day < b.valid_to) makes a nested loop of the join, 276 seconds "
        "instead of 1.4 on a million rows: no side of a join condition is null.",
        find=_join_on_null,
        bad=("select t.a from t left join u on t.k = u.k and (u.valid_to is null or t.d < u.valid_to)",),
        good=(
            "select t.a from t left join u on t.k = u.k and t.d < u.valid_to",
            "select t.a from t inner join u on t.k = u.k and (u.area = '00' or u.area = t.area)",
        ),
    ),
    Rule(
        name="joins_say_their_kind",
        why="A comma or natural join hides the condition that decides the figure: inner join ... on, cross join.",
        find=_implicit_join,
        bad=("select t.a from t, u where t.k = u.k", "select a from t natural join u"),
        good=(
            "select t.a from t inner join u on t.k = u.k",
            "select t.a from t cross join u",
            "select t.a from t left join u using (k)",
        ),
    ),
)
