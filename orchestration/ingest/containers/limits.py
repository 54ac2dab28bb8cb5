"""How large a file may be before it is refused instead of read."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.settings import Settings

_MEGABYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """Bounds on what one received file may cost; sizes in bytes, ``expansion`` as unpacked bytes for each packed one.

    ``expansion`` is asked only of what unpacks to more than ``harmless`` bytes: an empty sheet packs a hundredfold.
    """

    file: int = 200 * _MEGABYTE
    unpacked: int = 512 * _MEGABYTE
    archive: int = 2048 * _MEGABYTE
    members: int = 10_000
    expansion: int = 200
    sheets: int = 500
    rows: int = 1_048_576
    columns: int = 2_000
    cells: int = 20_000_000
    characters: int = 32_767
    harmless: int = 16 * _MEGABYTE

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The bounds that an office has set."""
        return cls(
            file=settings.max_file_mb * _MEGABYTE,
            unpacked=settings.max_unpacked_mb * _MEGABYTE,
            archive=settings.max_archive_mb * _MEGABYTE,
            members=settings.max_members,
            expansion=settings.max_expansion,
            sheets=settings.max_sheets,
            rows=settings.max_rows,
            columns=settings.max_columns,
            cells=settings.max_cells,
            characters=settings.max_cell_characters,
        )

    def expands_too_far(self, packed: int, unpacked: int, most: int) -> bool:
        """Whether what unpacks to ``unpacked`` bytes is larger than ``most``, or no honest packing of ``packed``."""
        return unpacked > most or (unpacked > self.harmless and unpacked > packed * self.expansion)

    def holds(self, rows: int, columns: int) -> bool:
        """Whether a sheet of this extent may be read."""
        return rows <= self.rows and columns <= self.columns and rows * columns <= self.cells


DEFAULT = Limits()
