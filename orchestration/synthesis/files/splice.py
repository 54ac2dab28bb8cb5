"""Workbooks at the speed of text: a skeleton that xlsxwriter made once, with the rows of each sheet spliced in.

The skeleton holds styles, widths, merged cells and header rows; titles, data, totals, notes and signatures are new in
each workbook. Texts are shared strings, as Excel writes them. The bytes depend on the cells alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.files.archive import archive, pack
from orchestration.synthesis.files.sheets import Sheet
from orchestration.synthesis.files.skeleton import Skeleton, column_letters, make_skeleton

_EPOCH = date(1899, 12, 30).toordinal()
_FIRST_DAY = date(1900, 3, 1)  # Excel takes 1900 for a leap year, so days before this one cannot be told to it
_SHARED = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="{count}" uniqueCount="{count}">'
    "{items}</sst>"
)
_MARK = "\x1f"
# What takes more than copying: marks of XML, control characters, what is no text, blanks at an end.
_DELICATE = re.compile(r"[&<>\x00-\x1e\x7f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|\x1f\s|\s\x1f")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_NO_TEXT = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


class _Strings(dict[str, int]):
    """Text -> its number among the shared strings, in the order of first use."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, text: str) -> int:
        number = self[text] = self._first + len(self)
        return number

    def take(self, texts: Iterable[str]) -> None:
        """Number those of many texts that are new, at once."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self]
        first = self._first + len(self)
        self.update(zip(fresh, range(first, first + len(fresh)), strict=True))


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one ``.xlsx`` file."""
    skeleton = make_skeleton(tuple((sheet.name, sheet.headings, sheet.hidden) for sheet in sheets))
    fixed = list(skeleton.strings)
    for place, number, part in skeleton.slots:
        fixed[place] = (sheets[number].title, *sheets[number].unit_line)[part]
    strings = _Strings(len(fixed))
    made = {}
    for sheet, frame in zip(sheets, skeleton.frames, strict=True):
        below = "".join(_below(sheet, skeleton, strings))
        last = sheet.first_row + sheet.height + len(sheet.notes) + (sheet.totals is not None)
        size = f'<dimension ref="A1:{column_letters(len(sheet.headings) - 1)}{last}"/>'
        xml = f"{frame.head}{size}{frame.top}{_rows(sheet, skeleton, strings)}{below}{frame.tail}"
        made[frame.part_name] = pack(frame.part_name, xml.encode())
    made[skeleton.strings_name] = pack(skeleton.strings_name, _shared(fixed, strings))
    return archive(part or made[name] for name, part in skeleton.parts)


def _rows(sheet: Sheet, skeleton: Skeleton, strings: _Strings) -> str:
    """The data rows: one template of a row for all, filled column by column."""
    numbers = range(sheet.first_row, sheet.first_row + sheet.height)
    template, values = ['<row r="%d">'], list[Iterable[object]]([numbers])
    for index, cells in enumerate(sheet.columns):
        shape, filling = _column(cells, skeleton, strings)
        template.append(f'<c r="{column_letters(index)}%d"{shape}')
        values.append(numbers)
        if filling is not None:
            values.append(filling)
    row = "".join((*template, "</row>"))
    return "".join([row % cells for cells in zip(*values, strict=True)])


def _column(cells: Sequence[Cell], skeleton: Skeleton, strings: _Strings) -> tuple[str, Iterable[object] | None]:
    """How the cells of a column go on after their address, and what fills the gap in each, if there is one."""
    kinds = set(map(type, cells))
    style = f' s="{skeleton.cell}"'
    if kinds == {str}:
        strings.take(cells)  # type: ignore[arg-type]
        return f'{style} t="s"><v>%d</v></c>', map(strings.__getitem__, cells)  # type: ignore[arg-type]
    if kinds == {int}:
        return f"{style}><v>%d</v></c>", cells
    if kinds <= {type(None)}:
        return f"{style}/>", None
    known = {cell: _cell(cell, skeleton, strings) for cell in dict.fromkeys(cells)}
    return "%s", map(known.__getitem__, cells)


def _cell(value: Cell, skeleton: Skeleton, strings: _Strings) -> str:
    """One cell after its address."""
    if value is None:
        return f' s="{skeleton.cell}"/>'
    if isinstance(value, date):
        if value >= _FIRST_DAY:
            return f' s="{skeleton.day}"><v>{value.toordinal() - _EPOCH}</v></c>'
        value = value.isoformat()
    if isinstance(value, str):
        return f' s="{skeleton.cell}" t="s"><v>{strings[value]}</v></c>'
    number = f"{value:f}" if isinstance(value, Decimal) else repr(value)
    return f' s="{skeleton.cell}"><v>{number}</v></c>'


def _below(sheet: Sheet, skeleton: Skeleton, strings: _Strings) -> Iterable[str]:
    """The rows under the data: totals, notes, signatures."""
    row = sheet.first_row + sheet.height
    if sheet.totals is not None:
        cells = zip(range(len(sheet.totals)), sheet.totals, strict=True)
        inside = (f'<c r="{column_letters(at)}{row}"{_cell(cell, skeleton, strings)}' for at, cell in cells)
        yield f'<row r="{row}">{"".join(inside)}</row>'
        row += 1
    for note in sheet.notes:
        yield f'<row r="{row}"><c r="A{row}" t="s"><v>{strings[note]}</v></c></row>'
        row += 1
    last = len(sheet.headings) - 1
    signed = (
        f'<c r="{column_letters(at)}{row}" t="s"><v>{strings[text]}</v></c>'
        for at, text in zip((0, last // 2, last - 1), sheet.signature, strict=True)
    )
    yield f'<row r="{row}">{"".join(signed)}</row>'


def _shared(fixed: Sequence[str], strings: _Strings) -> bytes:
    """The table of shared strings; texts are looked at one by one only where some of them need it."""
    count = len(fixed) + len(strings)
    joined = f"{_MARK}{_MARK.join((*fixed, *strings))}{_MARK}"
    if joined.count(_MARK) == count + 1 and _DELICATE.search(joined) is None:
        texts = joined[1:-1].replace(_MARK, "</t></si><si><t>")
        items = f"<si><t>{texts}</t></si>"
    else:
        items = "".join(f"<si>{_escaped(text)}</si>" for text in (*fixed, *strings))
    return _SHARED.format(count=count, items=items).encode()


def _escaped(text: str) -> str:
    """One text as XML; control characters as Excel writes them (``_x0007_``), what is no text as U+FFFD."""
    plain = _NO_TEXT.sub("\ufffd", _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    plain = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    keep = ' xml:space="preserve"' if plain != plain.strip() else ""
    return f"<t{keep}>{plain}</t>"
