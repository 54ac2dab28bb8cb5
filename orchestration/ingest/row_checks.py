"""The checks that a layout may ask for among the rows of one sheet: which check, on which columns, with which limits.

What each finds and how stands in ``persons``, ``households`` and ``row_rules``; a row stays accepted whatever is found.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

RECEIVED = "@received"


class _Check(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def speaks_of(self) -> set[str]:
        """The columns of the layout that the check names."""
        found: set[str] = set()
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, _Check):
                found.update(value.speaks_of)
            elif name in _COLUMNS and value:
                found.update([value] if isinstance(value, str) else value)
        return found - {RECEIVED}


class IdAgrees(_Check):
    """Birth and sex of an ID number are those typed beside it; ``is_sex`` where the header says the sex."""

    check: Literal["id_agrees"]
    id: str
    birth: str | None = None
    sex: str | None = None
    is_sex: Literal["male", "female"] | None = None


class OneRowEach(_Check):
    """A person who has not left stands once on the sheet; of moves, once between two moves the other way.

    A sheet of one direction alone cannot tell the moves the other way: there, once a day.
    """

    check: Literal["one_row_each"]
    id: str
    direction: str | None = None
    date: str | None = None
    left: tuple[str, ...] = ()


class OneIdEach(_Check):
    """Rows of one name that agree in all these columns have one ID number."""

    check: Literal["one_id_each"]
    id: str
    name: str
    agree: tuple[str, ...]


class OneHead(_Check):
    """Of the households of a roster each has one head; who has left no longer counts as a second one.

    Who stands alone in a household may have a head elsewhere: if a code of ``elsewhere`` says so, or the row names a
    head (``head_name``) other than its own ``name``.
    """

    check: Literal["one_head"]
    household: str
    relation: str
    head: str
    left: tuple[str, ...] = ()
    elsewhere: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    head_name: str | None = None
    name: str | None = None


class NotLeft(_Check):
    """Nobody whose remark says that they died or moved away stands on a roster as if they had not."""

    check: Literal["not_left"]
    left: tuple[str, ...]
    at: str


class InOrder(_Check):
    """One date is not before another; ``@received`` is the day on which the sheet came in."""

    check: Literal["in_order"]
    earlier: str
    later: str


class MotherAge(_Check):
    """A mother's age in years at a birth lies within limits; her ID number tells it where no birth is typed."""

    check: Literal["mother_age"]
    born: str
    at: str
    id: str | None = None
    least: int
    most: int
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Undone(_Check):
    """Rows that take back another of the same event and amount: those of these codes, or of a negative amount."""

    of: str
    amount: str
    by: dict[str, tuple[str, ...]]


class NearRepeat(_Check):
    """No two rows differ in their date alone, by so many days at most.

    ``same`` are the columns compared, without any all cells of the row; of ``filled`` one has to be filled in. A row
    that was ``undone`` may be entered again.
    """

    check: Literal["near_repeat"]
    date: str
    days: int
    same: tuple[str, ...] = ()
    filled: tuple[str, ...]
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    undone: Undone | None = None


class SiblingGap(_Check):
    """Children of one mother who are no twins are born so many days apart at least."""

    check: Literal["sibling_gap"]
    mother: str
    birth: str
    child: tuple[str, ...]
    days: int
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)


RowCheck = Annotated[
    IdAgrees | OneRowEach | OneIdEach | OneHead | NotLeft | InOrder | MotherAge | NearRepeat | SiblingGap,
    Field(discriminator="check"),
]
_COLUMNS = frozenset(
    "id birth sex direction date name agree household relation left earlier later born at same filled only mother "
    "child of amount by elsewhere head_name".split()
)  # fmt: skip
