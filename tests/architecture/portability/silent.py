"""Constructs that another engine runs without complaint, to another value."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokens import TokenType

from .query import Query, bare, cast_to, is_a, outer, shown
from .rule import Rule, calls, either

FRACTIONS = ("DECIMAL", "DOUBLE", "FLOAT")
INTEGERS = ("TINYINT", "SMALLINT", "INT", "BIGINT", "INT128", "UINT", "UBIGINT")
DATES = ("DATE", "TIMESTAMP", "DATETIME")
WEEK_PARTS = ("DOW", "DAYOFWEEK", "ISODOW", "DAYOFWEEKISO", "WEEK", "WEEKOFYEAR", "YEARWEEK")


def _fraction_to_integer(query: Query) -> Iterator[str]:
    for cast in query.nodes(exp.Cast):
        if not cast_to(cast, *INTEGERS) or not is_a(cast.this, *FRACTIONS):
            continue
        value = bare(cast.this)
        whole = isinstance(value, exp.Round | exp.Floor | exp.Ceil) and _places(value) == 0
        if not whole:
            yield shown(cast)


def _places(node: exp.Expression) -> int | None:
    places = node.args.get("decimals")
    if places is None:
        return 0
    return int(places.name) if isinstance(places, exp.Literal) else None


def _coarse_date_difference(query: Query) -> Iterator[str]:
    for node in query.nodes(exp.DateDiff, exp.TimestampDiff):
        unit = node.args.get("unit")
        if unit is not None and unit.name.upper() not in ("DAY", "DAYS"):
            yield shown(node)


def _date_minus_date(query: Query) -> Iterator[str]:
    for node in query.nodes(exp.Sub):
        sides = (node.this, node.expression)
        interval = any(isinstance(bare(side), exp.Interval) for side in sides)
        if is_a(node.this, *DATES) and is_a(node.expression, *DATES, "UNKNOWN") and not interval:
            yield shown(node)


def _unsaid_nulls(query: Query) -> Iterator[str]:
    for key in query.unsaid_null_orders():
        yield f"order by {shown(key.this)}"


def _never_null(node: exp.Expression | None) -> bool:
    inner = bare(node)
    if isinstance(inner, exp.Literal | exp.Count | exp.RowNumber):
        return True
    if isinstance(inner, exp.Cast):
        return _never_null(inner.this)
    return isinstance(inner, exp.Coalesce) and any(_never_null(arg) for arg in inner.expressions)


def _open_concat(query: Query) -> Iterator[str]:
    for node in query.nodes(exp.Concat, exp.ConcatWs):
        if not all(_never_null(argument) for argument in node.expressions):
            yield shown(node)


def _substring_from_nought(query: Query) -> Iterator[str]:
    for node in query.nodes(exp.Substring):
        start = bare(node.args.get("start"))
        if not isinstance(start, exp.Literal) or int(start.name) < 1:
            yield shown(node)


def _week_part(query: Query) -> Iterator[str]:
    for node in query.nodes(exp.Extract, exp.Anonymous):
        if isinstance(node, exp.Extract):
            part = node.name
        elif node.name.lower() in ("date_part", "datepart") and node.expressions:
            part = node.expressions[0].name
        else:
            continue
        if part.upper() in WEEK_PARTS:
            yield shown(node)


def _backslash(query: Query) -> Iterator[str]:
    for token in query.tokens:
        if token.token_type == TokenType.STRING and "\\" in token.text:
            yield f"line {token.line}: '{token.text}'"


def _decimal_division(query: Query) -> Iterator[str]:
    for node in query.nodes(exp.Div):
        if not is_a(node.this, "DOUBLE") or not is_a(node.expression, "DOUBLE"):
            yield shown(node)


def _date_arithmetic(query: Query) -> Iterator[str]:
    for node in query.nodes(exp.Add, exp.Sub, exp.DateAdd, exp.DateSub):
        shifted = isinstance(node, exp.DateAdd | exp.DateSub) or isinstance(bare(node.expression), exp.Interval)
        if shifted and not cast_to(outer(node), "DATE"):
            yield shown(node)


def _truncated(query: Query) -> Iterator[str]:
    for node in query.nodes(exp.DateTrunc, exp.TimestampTrunc):
        if not cast_to(outer(node), "DATE"):
            yield shown(node)


def _boolean_text(query: Query) -> Iterator[str]:
    for node in query.nodes(exp.Cast):
        is_null = isinstance(bare(node.this), exp.Null)
        if cast_to(node, "BOOLEAN") and is_a(node.this, "VARCHAR", "TEXT", "UNKNOWN") and not is_null:
            yield shown(node)


RULES = (
    Rule(
        name="round_before_integer",
        why="2.5 becomes 3 here and 2 on Spark: round() (to no places), floor() or ceil() before the cast.",
        find=_fraction_to_integer,
        bad=(
            "select cast(cast(amount as decimal(14, 2)) as integer) as yuan from fees",
            "with f as (select cast(a as double) as a from t) select cast(a * 2 as bigint) as b from f",
            "select cast(round(cast(a as decimal(14, 2)), 1) as bigint) as b from t",
            "select try_cast(2.5 as integer) as b",
        ),
        good=(
            "select cast(round(cast(amount as decimal(14, 2))) as integer) as yuan from fees",
            "with f as (select cast(a as bigint) as a from t) select cast(a * 2 as bigint) as b from f",
            "select cast(round(cast(a as decimal(14, 2)), 0) as bigint) as b from t",
        ),
    ),
    Rule(
        name="difference_in_days",
        why="From 31 January to 1 February is one month here and none on Spark: count days, or "
        "compare truncated months.",
        find=either(_coarse_date_difference, calls("age", "date_sub", "datesub", "months_between")),
        bad=(
            "select date_diff('month', a, b) as n from t",
            "select datediff('year', a, b) as n from t",
            "select age(a, b) as n from t",
        ),
        good=("select date_diff('day', a, b) as n from t",),
    ),
    Rule(
        name="date_minus_date",
        why="A number here, an interval on Spark: date_diff('day', ...).",
        find=_date_minus_date,
        bad=(
            "select cast(a as date) - cast(b as date) as n from t",
            "select date '2014-01-31' - date '2014-01-01' as n",
        ),
        good=(
            "select date_diff('day', cast(b as date), cast(a as date)) as n from t",
            "select cast(a as bigint) - 1 as n from t",
        ),
    ),
    Rule(
        name="explicit_null_order",
        why="Nulls come last here and first on Spark: every sort key says nulls first or nulls last.",
        find=_unsaid_nulls,
        bad=(
            "select a from t order by a",
            "select a from t order by a desc",
            "select row_number() over (partition by b order by a nulls last, c) as n from t",
        ),
        good=(
            "select a from t order by a nulls last",
            "select a from t order by a desc nulls first",
            "select row_number() over (partition by b order by a nulls last, c nulls last) as n from t",
        ),
    ),
    Rule(
        name="guarded_concat",
        why="concat('a', null) is 'a' here and null on Spark: coalesce each argument. (|| is null on every engine.)",
        find=_open_concat,
        bad=("select concat('a', b) as c from t", "select concat_ws('-', coalesce(a, ''), b) as c from t"),
        good=("select concat('a', coalesce(b, '')) as c from t", "select 'a' || b as c from t"),
    ),
    Rule(
        name="substring_from_one",
        why="substr(x, 0, 2) is one character here and two on Spark; a negative or computed start is "
        "no better: start at a literal >= 1.",
        find=_substring_from_nought,
        bad=(
            "select substr(a, 0, 2) as b from t",
            "select substring(a, n, 2) as b from t",
            "select substr(a, -2) as b from t",
        ),
        good=("select substr(a, 1, 2) as b from t", "select right(a, 2) as b from t"),
    ),
    Rule(
        name="no_day_of_week",
        why="Sunday is 0 here and 1 on Spark, and weeks are counted in three ways.",
        find=either(_week_part, calls("dayofweek", "isodow", "weekday", "dayname", "week", "weekofyear", "yearweek")),
        bad=(
            "select extract(dow from d) as n from t",
            "select dayofweek(d) as n from t",
            "select date_part('dow', d) as n from t",
        ),
        good=("select extract(month from d) as n from t", "select date_part('day', d) as n from t"),
    ),
    Rule(
        name="no_backslash",
        why="Spark eats a backslash in a string, so that '\\.' matches any character: write a class, [.] or [0-9].",
        find=_backslash,
        bad=(r"select regexp_matches(a, '\d+') as b from t", r"select replace(a, '\', '/') as b from t"),
        good=("select regexp_matches(a, '[0-9]+') as b from t",),
    ),
    Rule(
        name="no_regexp_replace",
        why="Without 'g' it replaces once here and everywhere on Spark, which knows no such flag: "
        "replace() or dialect.sql.",
        find=calls("regexp_replace"),
        bad=("select regexp_replace(a, '[ ]', '', 'g') as b from t", "select regexp_replace(a, '[ ]', '') as b from t"),
        good=("select replace(a, ' ', '') as b from t",),
    ),
    Rule(
        name="divide_doubles",
        why="Decimal by decimal is a double here and a decimal on Spark, integers truncate on "
        "Postgres: cast both sides to double.",
        find=_decimal_division,
        bad=(
            "select cast(a as decimal(14, 2)) / nullif(cast(b as decimal(14, 2)), 0) as r from t",
            "select count(a) / nullif(count(*), 0) as r from t",
            "select cast(a as double) / nullif(b, 0) as r from t",
        ),
        good=("select cast(a as double) / nullif(cast(b as double), 0) as r from t",),
    ),
    Rule(
        name="date_after_interval",
        why="A date moved by an interval is a timestamp here and a date on Spark: cast(... as date) around it.",
        find=either(_date_arithmetic, calls("to_months", "to_days", "to_years")),
        bad=(
            "select d + interval 1 month as e from t",
            "select date_add(d, interval 3 month) as e from t",
            "select d from t where d < p - interval '1' day",
        ),
        good=(
            "select cast(d + interval 1 month as date) as e from t",
            "select cast((date_add(d, interval 3 month)) as date) as e from t",
        ),
    ),
    Rule(
        name="date_after_trunc",
        why="date_trunc of a date is a timestamp on Spark, a date or a timestamp elsewhere: cast(... "
        "as date) around it.",
        find=_truncated,
        bad=("select date_trunc('month', d) as m from t",),
        good=("select cast(date_trunc('month', d) as date) as m from t",),
    ),
    Rule(
        name="no_boolean_from_text",
        why="Engines disagree on which words are true: case when ... then true.",
        find=_boolean_text,
        bad=("select cast('yes' as boolean) as b", "select cast(a as boolean) as b from t"),
        good=("select case when a = 'yes' then true else false end as b from t", "select cast(null as boolean) as b"),
    ),
    Rule(
        name="no_engine_hash",
        why="hash() has another value on each engine and version: md5().",
        find=calls("hash", "xxhash64", "murmurhash3", "md5_number", "md5_number_lower", "md5_number_upper"),
        bad=("select hash(a) as h from t",),
        good=("select md5(a) as h from t",),
    ),
    Rule(
        name="no_list_aggregate",
        why="Spark parses no order inside a list aggregate, and drops it silently when translated: dialect.sql.",
        find=calls("list", "array_agg", "string_agg", "group_concat", "listagg", "list_agg", "histogram"),
        bad=("select string_agg(a, ',' order by a nulls last) as b from t", "select list(a) as b from t"),
        good=("select count(a) as b from t", "select max(a) as list from t"),
    ),
)
