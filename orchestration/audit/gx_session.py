"""One read-only session of Great Expectations over a DuckDB file.

The library has no support for DuckDB of its own and meets it through SQLAlchemy. It closes a connection before it has
fetched, which makes DuckDB drop the result; a check then reports a failure that is none. Nothing here is ever written,
so the dialect is told that a transaction needs neither begin, commit nor rollback. ``tests/upstream`` pins this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from expectations.rules import Rule
from orchestration.audit import data_docs
from orchestration.audit.verdict import Outcome
from orchestration.settings import Settings

if TYPE_CHECKING:
    from great_expectations.datasource.fluent.interfaces import Batch

# Counts only: every other format puts values of the data into results.
COUNTS_ONLY = {"result_format": "SUMMARY", "partial_unexpected_count": 0}


class Answer(NamedTuple):
    """What the library said of one rule, without any value: the outcome and how many rows offend."""

    outcome: Outcome
    rows_failed: int | None


def validate(
    database: Path,
    suites: Mapping[str, Sequence[Rule]],
    limits: Mapping[str, str],
    settings: Settings,
    docs_folder: Path | None = None,
) -> dict[str, Answer]:
    """Run the rules of each table of ``database``; a rule that raised has the outcome COULD_NOT_RUN.

    A rule that the library gave no answer for is absent from the returned answers.
    """
    import great_expectations as gx

    repair_dialect()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    config = {"threads": settings.threads, "memory_limit": settings.memory_limit}
    source = context.data_sources.add_sql(
        "candidate",
        connection_string=f"duckdb:///{database}",
        kwargs={"connect_args": {"read_only": True, "config": config}},
    )
    answers: dict[str, Answer] = {}
    documented: list[Any] = []
    try:
        for table, rules in suites.items():
            try:
                asset = source.add_table_asset(table, table_name=table)
                batch = asset.add_batch_definition_whole_table("whole").get_batch()
                found, suite_result = _validate_table(batch, table, rules, limits)
            except Exception:  # noqa: BLE001, S112  its text may quote a cell, and no answer is one
                continue
            answers |= found
            documented.append(suite_result)
    finally:
        # A living engine keeps this process from opening the file any other way.
        source.get_execution_engine().engine.dispose()
    if docs_folder is not None:
        data_docs.write_data_docs(documented, docs_folder)
    return answers


def repair_dialect() -> None:
    """Make duckdb-engine leave transactions alone, for this process."""
    import duckdb_engine

    for name in ("do_begin", "do_commit", "do_rollback"):
        setattr(duckdb_engine.Dialect, name, _do_nothing)


def _do_nothing(dialect: object, connection: object) -> None:
    """What a transaction that never writes has to do."""


def has_raised(exception_info: object) -> bool:
    """Whether an ``exception_info`` speaks of an exception, in any of the shapes the library gives it.

    It is a flat mapping with ``raised_exception``, or a mapping from metric to such mappings, or absent.
    """
    if not exception_info:
        return False
    if not isinstance(exception_info, Mapping):
        return True
    if "raised_exception" in exception_info:
        return bool(exception_info["raised_exception"])
    return any(has_raised(inner) or not isinstance(inner, Mapping) for inner in exception_info.values())


def _validate_table(
    batch: Batch, table: str, rules: Sequence[Rule], limits: Mapping[str, str]
) -> tuple[dict[str, Answer], Any]:
    import great_expectations as gx

    suite = gx.ExpectationSuite(name=table)
    answers: dict[str, Answer] = {}
    for rule in rules:
        try:
            expectation = rule.expectation.build(limits)
        except Exception:  # noqa: BLE001  a rule that cannot be built is answered, whatever the reason
            answers[rule.id] = Answer(Outcome.COULD_NOT_RUN, None)
            continue
        expectation.meta = {"rule_id": rule.id, "zh": rule.sentence_zh}
        expectation.notes = rule.sentence_en
        suite.add_expectation(expectation)
    validated = batch.validate(suite, result_format=COUNTS_ONLY)
    for result in validated.results:
        answers[result.expectation_config.meta["rule_id"]] = _answer(result)
    return answers, validated


def _answer(result: Any) -> Answer:
    found = result.result or {}
    if has_raised(result.exception_info) or not isinstance(result.success, bool) or not found:
        return Answer(Outcome.COULD_NOT_RUN, None)
    count = found.get("unexpected_count")
    if count is None and result.expectation_config.type == "unexpected_rows_expectation":
        count = found.get("observed_value")
    return Answer(Outcome.PASS if result.success else Outcome.FAIL, None if count is None else int(count))
