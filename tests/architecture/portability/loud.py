"""Constructs that another engine refuses to run, and the portable form to write instead."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from .query import Query, bare, shown
from .rule import Rule, authored, calls, either, syntax, words


def _never_nought(node: exp.Expression | None) -> bool:
    """A number, a nullif, or a product of such: nought has become null before it can divide."""
    inner = bare(node)
    while isinstance(inner, exp.Cast):
        inner = bare(inner.this)
    if isinstance(inner, exp.Literal):
        return not inner.is_string and float(inner.name) != 0
    if isinstance(inner, exp.Mul):
        return _never_nought(inner.this) and _never_nought(inner.expression)
    return isinstance(inner, exp.Nullif)


def _unguarded_division(query: Query) -> Iterator[str]:
    for node in query.nodes(exp.Div, exp.Mod):
        if not _never_nought(node.expression):
            yield shown(node)


def _changed_star(query: Query) -> Iterator[str]:
    for star in query.written.find_all(exp.Star):
        if star.args.get("except_") or star.args.get("replace") or star.args.get("rename"):
            yield shown(star)


def _asof(query: Query) -> Iterator[str]:
    for join in query.written.find_all(exp.Join):
        if (join.method or "").upper() in ("ASOF", "POSITIONAL"):
            yield shown(join)


def _distinct_on(query: Query) -> Iterator[str]:
    for distinct in query.written.find_all(exp.Distinct):
        if distinct.args.get("on"):
            yield shown(distinct)


RULES = (
    Rule(
        name="guarded_division",
        why="Division by nought is null here and an error on Spark and Postgres: x / nullif(y, 0).",
        find=_unguarded_division,
        bad=(
            "select cast(a as double) / cast(b as double) as r from t",
            "select 1.0 / (3 * b) as r from t",
            "select a % b as r from t",
        ),
        good=(
            "select 1.0 / (3 * nullif(b, 0)) as r from t",
            "select cast(a as double) / nullif(cast(b as double), 0) as r from t",
            "select cast(a as double) / cast(nullif(b, 0) as double) as r from t",
            "select a % 4 as r from t",
        ),
    ),
    Rule(
        name="no_slash_slash",
        why="Spark and Postgres do not parse //: floor() of a guarded division.",
        find=syntax(exp.IntDiv),
        bad=("select a // 2 as r from t",),
        good=("select floor(cast(a as double) / cast(2 as double)) as r from t", "select 'a//b' as r from t"),
    ),
    Rule(
        name="no_percentile",
        why="Each engine has its own function and its own interpolation, some approximate: count in "
        "SQL, take quantiles in Python.",
        find=calls(
            "median",
            "quantile",
            "quantile_cont",
            "quantile_disc",
            "percentile_cont",
            "percentile_disc",
            "percentile",
            "approx_quantile",
            "percentile_approx",
            "approx_count_distinct",
            "mad",
        ),
        bad=(
            "select median(a) as m from t",
            "select percentile_cont(0.5) within group (order by a nulls last) as m from t",
            "select approx_quantile(a, 0.5) as m from t",
        ),
        good=("select max(a) as median from t",),
    ),
    Rule(
        name="no_date_pattern",
        why="%Y-%m is DuckDB's own pattern language and try_strptime its own function: dates are "
        "parsed while reading, not here.",
        find=calls("strptime", "try_strptime", "strftime", "to_timestamp", "date_format"),
        bad=("select try_strptime(a, '%d/%m/%Y') as d from t", "select strftime(d, '%Y-%m') as p from t"),
        good=("select try_cast(a as date) as d from t", "select substr(cast(d as varchar), 1, 7) as p from t"),
    ),
    Rule(
        name="no_qualify",
        why="Postgres has no qualify: number the rows in one query, filter in the next.",
        find=syntax(exp.Qualify),
        bad=("select a from t qualify row_number() over (order by a nulls last) = 1",),
        good=(
            "with n as (select a, row_number() over (order by a nulls last) as k from t) select a from n where k = 1",
        ),
    ),
    Rule(
        name="no_changed_star",
        why="* exclude, * replace and columns() are DuckDB's own: name the columns.",
        find=either(_changed_star, calls("columns")),
        bad=(
            "select * exclude (a) from t",
            "select * replace (1 as a) from t",
            "select min(columns('x.*')) from t",
        ),
        good=("select a, b from t", "select replace(a, 'x', 'y') as b from t"),
    ),
    Rule(
        name="no_arg_max",
        why="Unknown to Postgres and free to choose among ties: row_number() in a stated order.",
        find=calls("arg_max", "arg_min", "max_by", "min_by", "argmax", "argmin"),
        bad=("select arg_max(a, b) as c from t",),
        good=(
            "with n as (select a, row_number() over (order by b nulls last) as k from t) select a from n where k = 1",
        ),
    ),
    Rule(
        name="no_nested_value",
        why="Struct, list and map values are written in another way on each engine: rows and columns.",
        find=either(
            syntax(exp.Struct, exp.Array, exp.Map, exp.Bracket, exp.Lambda),
            calls("struct_pack", "map", "list_value"),
        ),
        bad=("select {'a': 1} as s from t", "select [1, 2] as s from t", "select a[1] as s from t"),
        good=("select 1 as a, 2 as b from t",),
    ),
    Rule(
        name="no_unnest",
        why="unnest is explode elsewhere: a table of rows instead of a list.",
        find=calls("unnest", "explode"),
        bad=("select unnest([1, 2]) as n", "select n from unnest([1, 2]) as u(n)"),
        good=("select n from (values (1), (2)) as u(n)", "select 1 as n union all select 2 as n"),
    ),
    Rule(
        name="no_pivot",
        why="DuckDB's pivot is its own: sum(case when ... then ... end).",
        find=syntax(exp.Pivot),
        bad=(
            "pivot t on a using sum(b)",
            "select * from t pivot (sum(b) for a in ('x', 'y'))",
            "select * from t unpivot (v for k in (a, b))",
        ),
        good=("select sum(case when a = 'x' then b end) as x from t",),
    ),
    Rule(
        name="no_asof_join",
        why="asof and positional joins are DuckDB's own: join on from <= day and day < to.",
        find=_asof,
        bad=("select t.a from t asof join u on t.a >= u.a", "select t.a from t positional join u"),
        good=("select t.a from t inner join u on u.valid_from <= t.d and t.d < u.valid_to",),
    ),
    Rule(
        name="no_series",
        why="range() and generate_series() are not on Spark: a seed or dim_period holds the series.",
        find=calls("range", "generate_series", "sequence"),
        bad=("select n from range(10) as r(n)", "select n from generate_series(1, 10) as g(n)"),
        good=("select period_start from dim_period", "select 1 as range"),
    ),
    Rule(
        name="no_distinct_on",
        why="Spark has no distinct on: row_number() in a stated order.",
        find=_distinct_on,
        bad=("select distinct on (a) a, b from t order by a nulls last",),
        good=("select distinct a, b from t",),
    ),
    Rule(
        name="sources_not_files",
        why="A path in a model binds it to one engine and one disk: source().",
        find=authored(r"\bread_(?:parquet|csv|csv_auto|json|json_auto|text|blob)\s*\(|\bfrom\s+'[^']*'"),
        bad=("select * from read_parquet('lake/*.parquet')", "select * from 'lake/a.parquet'"),
        good=(
            "select * from {{ source('lake', 'l16') }}",
            "-- the source renders as read_parquet('...')\nselect * from {{ source('lake', 'l16') }}",
        ),
    ),
    Rule(
        name="cast_in_full",
        why="a::varchar and cast(a as varchar) are one thing in two spellings, and some engines refuse the first. "
        "A varchar without a length is allowed: contracts want it, and Spark, which wants a length, says so loudly.",
        find=authored(r"::\s*[a-z_]+"),
        bad=("select a::varchar as b from t", "select a :: date as b from t"),
        good=("select cast(a as varchar) as b from t", "-- a::varchar would fail\nselect a from t"),
    ),
    Rule(
        name="portable_types",
        why="Types that Spark lacks: integer, bigint, decimal(p, s), double, varchar, date, boolean.",
        find=either(
            authored(
                r"\bas\s+(?:hugeint|uhugeint|utinyint|usmallint|uinteger|ubigint|bit|blob|enum|union|json)\b(?=\s*\))"
            ),
            words("hugeint", "uhugeint"),
        ),
        bad=("select cast(a as hugeint) as b from t", "select cast(a as ubigint) as b from t"),
        good=("select cast(a as bigint) as b from t", "select a as bit from t"),
    ),
)
