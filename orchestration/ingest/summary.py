"""What a run of the reader did, in figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.ingest.reading import SheetReading


@dataclass
class IngestSummary:
    """Files read, sheets by status, rows by class, batches written."""

    files_seen: int = 0
    files_read: int = 0
    sheets: dict[str, int] = field(default_factory=dict)
    rows_seen: int = 0
    accepted: int = 0
    quarantined: int = 0
    duplicate: int = 0
    non_data: int = 0
    batch_ids: list[str] = field(default_factory=list)

    def count(self, reading: SheetReading) -> None:
        """Add one sheet, or one refused file."""
        self.sheets[reading.status] = self.sheets.get(reading.status, 0) + 1
        self.rows_seen += reading.rows_seen
        self.accepted += reading.accepted
        self.quarantined += reading.quarantined
        self.duplicate += reading.duplicate
        self.non_data += reading.non_data

    def add(self, other: IngestSummary) -> None:
        """Add what another process did."""
        self.files_read += other.files_read
        for status, count in other.sheets.items():
            self.sheets[status] = self.sheets.get(status, 0) + count
        self.rows_seen += other.rows_seen
        self.accepted += other.accepted
        self.quarantined += other.quarantined
        self.duplicate += other.duplicate
        self.non_data += other.non_data
        self.batch_ids.extend(other.batch_ids)
