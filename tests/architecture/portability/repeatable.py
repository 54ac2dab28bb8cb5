"""Constructs whose answer depends on the clock, on chance, on threads or on the order of arrival."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from .query import Query, is_a, shown
from .rule import Rule, calls, either, syntax, words

FLOATS = ("DOUBLE", "FLOAT")
PLACED = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)


def _float_sum(query: Query) -> Iterator[str]:
    for node in query.nodes(exp.Sum):
        if is_a(node.this, *FLOATS):
            yield shown(node)


def _limit_at_random(query: Query) -> Iterator[str]:
    for select in query.written.find_all(exp.Select):
        if select.args.get("limit") and not select.args.get("order"):
            yield shown(select.args["limit"])


def _unordered_window(query: Query) -> Iterator[str]:
    for window in query.written.find_all(exp.Window):
        function = window.this
        while isinstance(function, exp.IgnoreNulls | exp.RespectNulls):
            function = function.this
        if isinstance(function, PLACED) and not window.args.get("order"):
            yield shown(window)


RULES = (
    Rule(
        name="no_clock",
        why="The same inputs give the same bytes on every day: var('as_of') is the only today.",
        find=either(
            calls("now", "today", "getdate", "get_current_timestamp", "transaction_timestamp", "get_current_time"),
            words("current_date", "current_timestamp", "current_time", "localtime", "localtimestamp"),
        ),
        bad=(
            "select now() as t",
            "select current_date as d",
            "select a from t where d < current_timestamp",
            "select today() as d",
        ),
        good=("select cast('2014-03-31' as date) as today", "select 'current_date' as a"),
    ),
    Rule(
        name="no_chance",
        why="Nothing random goes into a figure.",
        find=either(
            calls("random", "rand", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "setseed", "nextval"),
            syntax(exp.TableSample),
        ),
        bad=(
            "select random() as r",
            "select uuid() as r",
            "select a from t using sample 10",
            "select a from t tablesample (1 percent)",
        ),
        good=("select a as random from t",),
    ),
    Rule(
        name="no_arbitrary_row",
        why="any_value, first, last and mode take whichever row a thread brings: min, max, or "
        "row_number() in a stated order.",
        find=calls("any_value", "first", "last", "arbitrary", "mode"),
        bad=("select any_value(a) as b from t", "select first(a) as b from t", "select mode(a) as b from t"),
        good=("select max(a) as b from t", "select a from t order by a nulls first", "select a as first from t"),
    ),
    Rule(
        name="no_row_id_of_engine",
        why="rowid is the place in one file of one engine: row_id is the address of the ledger row.",
        find=words("rowid", "ctid"),
        bad=("select rowid from t",),
        good=("select row_id from t",),
    ),
    Rule(
        name="ordered_window",
        why="A window that numbers or looks aside without an order takes rows as threads bring them.",
        find=_unordered_window,
        bad=("select row_number() over (partition by a) as n from t", "select lag(b) over () as n from t"),
        good=(
            "select row_number() over (partition by a order by row_id nulls last) as n from t",
            "select sum(b) over (partition by a) as n from t",
        ),
    ),
    Rule(
        name="ordered_limit",
        why="A limit without an order keeps any rows.",
        find=_limit_at_random,
        bad=("select a from t limit 1",),
        good=("select a from t order by a nulls last limit 1",),
    ),
    Rule(
        name="no_float_sum",
        why="A sum of doubles depends on the order of threads: sums are over bigint and decimal only.",
        find=_float_sum,
        bad=("select sum(cast(a as double)) as b from t",),
        good=("select sum(cast(a as decimal(18, 2))) as b from t",),
    ),
    Rule(
        name="no_average",
        why="No average of rates anywhere, and a mean of doubles depends on threads: numerator over denominator.",
        find=calls("avg", "mean", "favg", "geomean"),
        bad=("select avg(rate) as r from t",),
        good=("select cast(sum(a) as double) / nullif(cast(sum(b) as double), 0) as r from t",),
    ),
)
