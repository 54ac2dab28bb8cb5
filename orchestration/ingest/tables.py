"""Where one sheet holds several tables, or one table over several pages: the rows at which each begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.ingest import sheet
from orchestration.ingest.containers.opening import RawSheet, is_blank
from orchestration.ingest.flattening import is_column_numbers
from orchestration.ingest.headers import Binding, continues, word
from orchestration.ingest.layout import Catalogue
from orchestration.ingest.periods import stated
from orchestration.ingest.text import DITTO, is_missing, squash

_HEADING = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}|\d{1,2}|\([一二三四五六七八九十\d]{1,3}\))[、.)]|^附?表[一二三四五六七八九十\d]"
    r"|(?:表|册|台账|台帐|情况|名单|登记|汇总|统计)$|^续"
)
_PAGE = re.compile(r"\(?(?:续上?表?\d*|接上页|共\d+页|第[\d一二三四五六七八九十]+页)\)?|[,、/()]")
_NUMERAL = re.compile(r"[:\d〇零一二三四五六七八九十]")
_MOST_HEADING_CELLS = 3
_LONGEST_HEADER = 14
_FEWEST_HEADERS = 3
# Cells of these types never hold a bare word, so a row of words alone is no row of the table.
_FIGURED = frozenset({"int", "decimal", "money", "date", "month", "period"})


@dataclass(frozen=True)
class Breaks:
    """``starts``: the first rows of the tables but the first; ``page_lines``: titles and headers printed again."""

    starts: tuple[int, ...] = ()
    page_lines: frozenset[int] = frozenset()


def breaks(raw: RawSheet, binding: Binding, catalogue: Catalogue) -> Breaks:
    """Find the headers beside the bound one, and whether each begins another table or only another page."""
    start, end = binding.first_row, binding.first_row + binding.height
    bound = _words(raw.rows[start:end])
    figured = [at for name, at in binding.columns.items() if binding.layout.columns[name].type in _FIGURED]
    found = [
        index
        for index, (row, filled) in enumerate(zip(raw.rows, raw.filled, strict=True))
        if filled >= _FEWEST_HEADERS
        and not isinstance(row[0], float)
        and not start - 1 <= index < end
        and _is_header(raw.rows, index, bound, figured, catalogue)
    ]
    if not found:
        return Breaks()
    blocks = [(start, end - 1)]
    for index in found:
        if not any(first <= index <= last for first, last in blocks):
            blocks.append((index, _last_row(raw.rows, index, catalogue)))
    return _compare(raw.rows, sorted(blocks), catalogue)


def _compare(rows: list[list[object]], blocks: list[tuple[int, int]], catalogue: Catalogue) -> Breaks:
    """Each header against the table above it: the same words under no other heading are a further page of it."""
    starts: list[int] = []
    page_lines: set[int] = set()
    (first, last), *others = blocks
    words, said = _words(rows[first : last + 1]), _said(rows[:first])
    for index, bottom in others:
        top = _first_line(rows, index, last + 1, catalogue)
        heading = _said(rows[top:index])
        is_new = not _words(rows[index : bottom + 1]) <= words or any(
            not any(text in whole for whole in said) for text in heading - words
        )
        if is_new:
            starts.append(top)
            words, said = _words(rows[index : bottom + 1]), heading
        else:
            numbers = bottom + 1 < len(rows) and is_column_numbers(rows[bottom + 1])
            page_lines.update(range(top, bottom + 1 + numbers))
        last = bottom
    return Breaks(tuple(starts), frozenset(page_lines))


def split(raw: RawSheet, starts: tuple[int, ...]) -> list[RawSheet]:
    """The tables of a sheet as sheets of their own, without the tab's name; rows keep their numbers."""
    parts = []
    for first, last in zip((0, *starts), (*starts, len(raw.rows)), strict=True):
        merges = tuple(
            ((top - first, left), (min(bottom, last - 1) - first, right))
            for (top, left), (bottom, right) in raw.merges
            if first <= top < last
        )
        lines = [raw.row_no(index) for index in range(first, last)]
        parts.append(RawSheet(raw.number, "", raw.rows[first:last], merges, lines, raw.hidden, raw.shown))
    return parts


def _is_header(rows: list[list[object]], index: int, own: set[str], figured: list[int], catalogue: Catalogue) -> bool:
    row = rows[index]
    first = row[0] or next(cell for cell in row if cell != "")
    if not isinstance(first, str):
        return False
    if word(first) not in catalogue.vocabulary:
        return _is_foreign(rows, index, figured, catalogue)
    words = {word(cell) if isinstance(cell, str) else "" for cell in row if cell != ""}
    if words <= own:
        return len(words) >= _FEWEST_HEADERS
    hits = (len(words & layout.header_names.keys()) for layout in catalogue.layouts.values())
    is_known = any(count >= 3 and 2 * count > len(words) for count in hits)
    return is_known or _is_foreign(rows, index, figured, catalogue)


def _is_foreign(rows: list[list[object]], index: int, figured: list[int], catalogue: Catalogue) -> bool:
    """Whether a row after a gap or heading is the header of a form nobody knows: words where figures belong."""
    cells = [cell for cell in rows[index] if cell != ""]
    words = [cell for cell in cells if isinstance(cell, str)]
    if len(words) < max(len(cells), 4):
        return False
    above = rows[index - 1] if index else []
    if not (is_blank(above) or _is_heading(above, catalogue)):
        return False
    texts = [squash(cell) for cell in words]
    if len(set(texts)) < len(texts):
        return False
    if any(len(text) > _LONGEST_HEADER or _NUMERAL.search(text) or _says_little(text) for text in texts):
        return False
    return sum(rows[index][at] != "" for at in figured) >= min(2, len(figured)) > 0


def _says_little(text: str) -> bool:
    return is_missing(text) or text in DITTO


def _last_row(rows: list[list[object]], index: int, catalogue: Catalogue) -> int:
    while index + 1 < len(rows) and continues(rows[index + 1], catalogue):
        index += 1
    return index


def _first_line(rows: list[list[object]], index: int, floor: int, catalogue: Catalogue) -> int:
    """The first of the headings right above a header; notes and signatures belong to the table before."""
    first = index
    for at in range(index - 1, floor - 1, -1):
        if is_blank(rows[at]):
            continue
        if sheet.ends_table(rows[at]) or not (_is_heading(rows[at], catalogue) or continues(rows[at], catalogue)):
            break
        first = at
    return first


def _is_heading(row: list[object], catalogue: Catalogue) -> bool:
    cells = [cell for cell in row if cell != ""]
    if len(cells) > _MOST_HEADING_CELLS:
        return False
    texts = [squash(cell) for cell in cells if isinstance(cell, str)]
    if sheet.names_unit(row) or any(
        _HEADING.search(text) or any(layout.title_pattern.search(text) for layout in catalogue.layouts.values())
        for text in texts
    ):
        return True
    return len(cells) == 1 and any(word(text) in catalogue.vocabulary or stated(text).year for text in texts)


def _words(rows: list[list[object]]) -> set[str]:
    return {word(cell) for row in rows for cell in row if isinstance(cell, str)} - {""}


def _said(rows: list[list[object]]) -> set[str]:
    """What lines say beside the marks of their pages."""
    return {_PAGE.sub("", squash(cell)) for row in rows for cell in row if isinstance(cell, str)} - {""}
