"""What stands around the tables of one sheet and holds for each of them that does not say otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestration.ingest.forms import nearest_title
from orchestration.ingest.layout import Catalogue
from orchestration.ingest.periods import stated
from orchestration.ingest.sheet import Preamble


@dataclass(frozen=True)
class Around:
    """The lines above the first table, and the tab."""

    above: Preamble
    tab: str

    def lend(self, own: Preamble, catalogue: Catalogue) -> Preamble:
        """The lines above one table, filled up from those above all; the nearest line that names a form heads it."""
        month, of_all = stated(own.title), stated(self.above.title)
        says_no_month = month.month is None and month.agrees(of_all)
        return replace(
            own,
            title=f"{own.title} {self.above.title}" if says_no_month else own.title,
            near=nearest_title(catalogue, own) or f"{own.title} {self.above.title} {self.tab}",
            row_date=own.row_date or self.above.row_date,
            stated_date=own.stated_date or self.above.stated_date,
            money_units=own.money_units or self.above.money_units,
        )
