"""What the columns of a form mean for one another: the words of a layout that name other columns."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A part of a layout; a word that it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Pick(Strict):
    """A lake column taken from one of several sheet columns, as another column of the row decides."""

    by: str
    values: dict[str, str]

    @property
    def speaks_of(self) -> set[str]:
        """The columns named."""
        return {self.by, *self.values.values()}


class Share(Strict):
    """A lake column that takes its figure from a column of several measures, on rows whose unit says so."""

    of: str
    unit: str
    value: str

    @property
    def speaks_of(self) -> set[str]:
        """The columns named."""
        return {self.of, self.unit}


class Chosen(Strict):
    """A column that a sheet may have once for each kind of row (结婚日期, 离婚日期); ``among`` maps the kind to it."""

    by: str
    among: dict[str, str]

    @property
    def speaks_of(self) -> set[str]:
        """The columns named."""
        return {self.by, *self.among.values()}


class Beside(Strict):
    """Bare headers that right of the columns ``of`` may be theirs; no other date lies within ``years`` of the month."""

    headers: tuple[str, ...]
    of: tuple[str, ...]
    unless: tuple[str, ...] = ()
    years: int

    @property
    def speaks_of(self) -> set[str]:
        """The columns named."""
        return {*self.of, *self.unless}


class Monthly(Strict):
    """A rate of a month unless its row shows otherwise.

    Args:
        marks: words of a header that say the month; then nothing is looked at.
        by: the column of codes.
        below: code -> no rate of a month reaches this figure, in yuan.
        paid: amounts for the months of ``span`` (first, last); an amount of one rate is of one month or of one year.
    """

    marks: tuple[str, ...]
    by: str
    below: dict[str, int]
    paid: tuple[str, ...]
    span: tuple[str, str]

    @property
    def speaks_of(self) -> set[str]:
        """The columns named."""
        return {self.by, *self.paid, *self.span}


class Bound(Strict):
    """A figure with the bound that it sets, of which cell, header and other columns each tell a part.

    Args:
        direction: the column of codes of the bound.
        unit: the column of codes of the unit.
        by: the column that says what is measured.
        among: what is measured -> the units in which it can be; one alone need not be written unless it is money.
        means: a word that may mean several things -> unit -> what it then means.
    """

    direction: str
    unit: str
    by: str
    among: dict[str, tuple[str, ...]]
    means: dict[str, dict[str, str]] = {}

    @property
    def speaks_of(self) -> set[str]:
        """The columns named."""
        return {self.direction, self.unit, self.by}


class NamedIn(Strict):
    """Codes with their names from a table under ``seeds/reference``; ``only`` is a column and its value."""

    seed: str
    code: str
    name: str
    only: tuple[str, str] | None = None


class Whole(Strict):
    """Fractions that add up to one over all rows alike in some columns."""

    parts: str
    of: tuple[str, ...]
