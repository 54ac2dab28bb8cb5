"""What we lean on in Great Expectations, duckdb-engine and DuckDB. A failure here says that upstream moved.

Each test pins one behaviour and names the decision it backs. The first one runs in a process of its own, since the
repair is for the whole process once it is made.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from orchestration.audit.gx_session import COUNTS_ONLY, has_raised, repair_dialect

PROBE = """
import sys
import great_expectations as gx, great_expectations.expectations as gxe
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
source = context.data_sources.add_sql("d", connection_string="duckdb:///" + sys.argv[1])
batch = source.add_table_asset("t", table_name="t").add_batch_definition_whole_table("w").get_batch()
result = batch.validate(gxe.ExpectColumnValuesToNotBeNull(column="number"))
print(result.success, bool(result.exception_info))
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A file with one view ``t`` over Parquet: ``number`` 0..9 and ``word`` canary0..canary9."""
    frame = pl.DataFrame({"number": range(10), "word": [f"canary{number}" for number in range(10)]})
    frame.write_parquet(tmp_path / "t.parquet")
    with duckdb.connect(str(tmp_path / "probe.duckdb")) as writer:
        writer.execute(f"create view t as select * from read_parquet('{tmp_path / 't.parquet'}')")
    return tmp_path / "probe.duckdb"


@pytest.fixture
def batch(database: Path) -> Any:
    """The view as a batch, the way the gate opens it."""
    import great_expectations as gx

    repair_dialect()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    source = context.data_sources.add_sql(
        "d", connection_string=f"duckdb:///{database}", kwargs={"connect_args": {"read_only": True}}
    )
    yield source.add_table_asset("t", table_name="t").add_batch_definition_whole_table("w").get_batch()
    source.get_execution_engine().engine.dispose()


def ask(batch: Any, kind: str, **arguments: object) -> Any:
    """Validate one expectation with the gate's result format."""
    import great_expectations.expectations as library

    return batch.validate(getattr(library, kind)(**arguments), result_format=COUNTS_ONLY)


def test_without_the_repair_an_expectation_that_holds_is_reported_as_failed(database: Path) -> None:
    # Decision: repair_dialect. When this passes unrepaired, the repair can go.
    probe = subprocess.run(
        [sys.executable, "-c", PROBE, str(database)], capture_output=True, text=True, timeout=120, check=False
    )
    assert probe.stdout.split() != ["True", "False"]


def test_with_the_repair_it_passes(batch: Any) -> None:
    assert ask(batch, "ExpectColumnValuesToNotBeNull", column="number").success is True


def test_a_missing_column_hides_its_exception_one_level_down(batch: Any) -> None:
    # Decision: has_raised looks inside; success is a plain False.
    result = ask(batch, "ExpectColumnValuesToNotBeNull", column="absent")
    assert result.success is False
    assert "raised_exception" not in result.exception_info
    assert has_raised(result.exception_info)


def test_an_exception_quotes_a_cell(batch: Any) -> None:
    # Decision: no exception text is ever kept, logged or rendered.
    result = ask(batch, "UnexpectedRowsExpectation", unexpected_rows_query="select cast(word as integer) from {batch}")
    assert has_raised(result.exception_info)
    assert "canary" in str(result.exception_info)


def test_counts_only_keeps_values_out_of_results(batch: Any) -> None:
    result = ask(batch, "ExpectColumnValuesToBeInSet", column="word", value_set=["a"])
    assert result.result["unexpected_count"] == 10
    assert "canary" not in str(result.result)
    rows = ask(batch, "UnexpectedRowsExpectation", unexpected_rows_query="select * from {batch} where number > 6")
    assert rows.result["observed_value"] == 3
    assert "canary" not in str(rows.result)


def test_an_empty_suite_passes(batch: Any) -> None:
    # Decision: gate.every_published_table_has_rules.
    import great_expectations as gx

    assert batch.validate(gx.ExpectationSuite(name="empty")).success is True


def test_an_empty_table_passes_a_range(tmp_path: Path, batch: Any) -> None:
    # Decision: the baseline's has_rows.
    pl.DataFrame(schema={"number": pl.Int64, "word": pl.String}).write_parquet(tmp_path / "t.parquet")
    assert ask(batch, "ExpectColumnValuesToBeBetween", column="number", min_value=5, max_value=6).success is True


def test_a_living_engine_keeps_the_file_from_another_configuration(database: Path, batch: Any) -> None:
    # Decision: the gate disposes of the engine before anybody else opens the file.
    ask(batch, "ExpectTableRowCountToBeBetween", min_value=1)
    with pytest.raises(duckdb.ConnectionException):
        duckdb.connect(str(database))
