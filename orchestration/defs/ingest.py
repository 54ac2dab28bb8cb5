"""Stage one, ingest: received files become addressed rows in the lake.

What belongs here: the lake's tables as assets and the one call that fills them. What does not: how a sheet is read
(``orchestration/ingest``) or anything computed from its rows.
"""

from collections.abc import Iterator
from enum import Enum

import dagster as dg

from orchestration.defs.resources import LedgerHome, in_stage
from orchestration.ingest.ingestion import ingest_landing, replay
from orchestration.ingest.layout import load_catalogue
from orchestration.standing import lake_rows

LEDGER_OFFICE = {
    "submissions": ("Which file brought which form of which unit, and how its rows were counted.", "报送登记册"),
    "quarantine": ("Refused cells, rows, sheets and files with their address and reason.", "隔离区"),
    "control_totals": ("Totals as the sheets state them, to be reconciled with the rows.", "合计行"),
}
REFERENCE = {
    "divisions": ("The county's list of divisions, with validity.", "行政区划"),
    "reporting_units": ("Which unit owes which form, where the county says so.", "应报单位"),
}


class Mode(Enum):
    """How much a run reads."""

    new = "new"
    full = "full"
    replay = "replay"


class IngestConfig(dg.Config):
    """What to read: what is new, everything again, or a part again (``replay``) from the archive."""

    mode: Mode = Mode.new
    form: str = ""
    period_from: str = ""
    period_to: str = ""
    rule: str = ""


def _specs() -> list[dg.AssetSpec]:
    forms = {("lake", layout.form): (layout.name_en, layout.name_zh) for layout in load_catalogue().layouts.values()}
    office = {("lake", name): words for name, words in LEDGER_OFFICE.items()}
    reference = {("reference", name): words for name, words in REFERENCE.items()}
    return [
        dg.AssetSpec(list(key), group_name="ingest", description=f"{english} {chinese}", kinds={"polars", "parquet"})
        for key, (english, chinese) in {**forms, **office, **reference}.items()
    ]


@dg.definitions
def ingest() -> dg.Definitions:
    """The lake: one asset a form, the register, the quarantine, the control totals, the divisions."""
    specs = _specs()

    @dg.multi_asset(name="lake", specs=specs)
    def lake(
        context: dg.AssetExecutionContext, config: IngestConfig, ledger_home: LedgerHome
    ) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        with in_stage(ledger_home, "ingest") as (settings, step):
            if config.mode is Mode.replay:
                summary = replay(
                    settings,
                    form=config.form or None,
                    period_from=config.period_from or None,
                    period_to=config.period_to or None,
                    rule_id=config.rule or None,
                )
            else:
                summary = ingest_landing(settings, full=config.mode is Mode.full, progress=step)
        context.log.info("files read: %d", summary.files_read)
        for spec in specs:
            rows = lake_rows(settings, spec.key.path[-1])
            yield dg.MaterializeResult(asset_key=spec.key, metadata={"dagster/row_count": rows})

    return dg.Definitions(assets=[lake])
