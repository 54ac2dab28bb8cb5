"""Households of a roster: each has one head, and who has gone is marked as gone."""

from __future__ import annotations

import re
from collections import defaultdict

from orchestration.ingest.row_checks import NotLeft, OneHead
from orchestration.ingest.row_view import RowView
from orchestration.ingest.text import DITTO, is_redacted, squash
from orchestration.ingest.values import gap

# A remark of these words alone, with a day at most; 夫死亡 and 户口未迁出 speak of something else.
_GONE = re.compile(
    r"^(?:本人)?(?:于)?(?:\d{2,4}[年.\-/])?(?:\d{1,2}[月.\-/]?)?(?:\d{1,2}日?)?(?:本人)?已?(?:经)?"
    r"(?:死亡|去世|病故|亡故|身故|迁出|迁走|婚迁迁出|注销|销户|户口注销|户口迁出|死亡注销)(?:人员)?[。.]?$"
)
# From so many numbers on, more than half of them with several heads are no slips of a clerk.
_SHARED_BY_RULE = 5


def one_head(view: RowView, check: OneHead) -> None:
    """Find households without a head, at their first row, and further heads of a household.

    Nothing is said of a household with a relation that cannot be read, nor of one next to a row that was refused: that
    row may be its head. On a roster where most households name no head the column is kept in another way, and where
    most have several the numbers start again in each group of the village.
    """
    if not view.has(check.household, check.relation):
        return
    households, relations = view.read(check.household), view.read(check.relation)
    members: dict[str, list[int]] = defaultdict(list)
    heads: dict[str, list[int]] = defaultdict(list)
    unclear: set[str | None] = set()
    for at, (household, relation) in enumerate(zip(households, relations, strict=True)):
        if household is None or at in view.refused:
            unclear.update(households[max(at - 1, 0) : at + 2])
            continue
        members[household].append(at)
        if relation == check.head:
            heads[household].append(at)
        elif relation is None:
            unclear.add(household)
    if 2 * len(heads) < len(members):
        return
    if len(heads) < len(members):
        elsewhere = _headed_elsewhere(view, check)
        for household in members.keys() - heads.keys() - unclear:
            if len(members[household]) == 1 and members[household][0] in elsewhere:
                continue
            view.flag("row.no_head", members[household][0], check.relation)
    if sum(map(len, heads.values())) > len(heads):
        gone = view.gone(check.left)
        further = [left[1:] for rows in heads.values() if len(left := [at for at in rows if not gone[at]]) > 1]
        if len(further) >= _SHARED_BY_RULE and 2 * len(further) > len(members):
            view.flag_column("row.household_shared", check.household)
            return
        for at in (at for rows in further for at in rows):
            view.flag("row.two_heads", at, check.relation)


def not_left(view: RowView, check: NotLeft) -> None:
    """Find rows that count as present although their remark says of themselves that the person has gone."""
    remark = view.binding.remark_column
    if remark is None:
        return
    gone = view.gone(check.left)
    for at, row in enumerate(view.kept):
        cell = view.raw.rows[row][remark]
        if isinstance(cell, str) and cell and not gone[at] and at not in view.refused and _GONE.match(squash(cell)):
            view.flag("row.gone_by_remark", at, check.at, remark)


def _headed_elsewhere(view: RowView, check: OneHead) -> set[int]:
    """Rows that say themselves that their head lives elsewhere."""
    found = set(view.only(check.elsewhere)) if check.elsewhere and view.has(*check.elsewhere) else set()
    if check.head_name and check.name and view.has(check.head_name, check.name):
        pairs = zip(view.cells(check.head_name), view.cells(check.name), strict=True)
        found |= {at for at, (head, own) in enumerate(pairs) if _names_another(head, own)}
    return found


def _names_another(head: object, own: object) -> bool:
    if not isinstance(head, str) or not isinstance(own, str) or gap(head) or gap(own):
        return False
    told, name = squash(head), squash(own)
    return told != name and told not in DITTO and not is_redacted(head)
