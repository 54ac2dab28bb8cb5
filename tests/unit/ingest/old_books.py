"""Workbooks of the kinds that no library here writes, assembled by hand from their records: .xls, .xlsb, .ods.

Record numbers are those of [MS-XLS] 2.3 and [MS-XLSB] 2.3, the container that of [MS-CFB]; .ods is OpenDocument 1.2.
A cell is text, a number, ``ERROR`` or None. Marks of a sheet are given by row and column from 0.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

ERROR = object()
Rows = Sequence[Sequence[object]]
_DIVISION_BY_ZERO = 7


@dataclass(frozen=True)
class Page:
    """A sheet with what it shows beside its values."""

    rows: Rows
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    struck: Collection[tuple[int, int]] = ()
    comments: Collection[tuple[int, int]] = ()
    further: Mapping[tuple[int, int], object] = field(default_factory=dict)

    def cells(self) -> list[tuple[int, int, object]]:
        """Every filled cell with its place, those far away last."""
        near = [(r, c, cell) for r, row in enumerate(self.rows) for c, cell in enumerate(row) if cell is not None]
        return near + [(row, column, cell) for (row, column), cell in self.further.items()]


def _biff(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls(pages: Mapping[str, Page], *, extent: tuple[int, int] | None = None) -> bytes:
    """A BIFF8 workbook; ``extent`` is what its sheets announce instead of their size."""
    sheets = [_xls_sheet(page, extent) for page in pages.values()]
    # Fonts 0-3 and 5 (number 4 is never used), of which the last is struck out.
    fonts = b"".join(_biff(0x31, struct.pack("<6H4B2BH", 200, 8 * (n == 4), 0, 400, 0, 0, 0, 0, 0, 0, 1, 0, 65))
                     for n in range(5))  # fmt: skip
    formats = b"".join(_biff(0xE0, struct.pack("<HH16x", font, 0)) for font in (0, 5))
    start = _biff(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + _biff(0x42, b"\xb0\x04") + fonts + formats
    names = [name.encode("utf-16-le") for name in pages]
    length = len(start) + sum(4 + 8 + len(name) for name in names) + 4
    for name, sheet in zip(names, sheets, strict=True):
        start += _biff(0x85, struct.pack("<IBBBB", length, 0, 0, len(name) // 2, 1) + name)
        length += len(sheet)
    return container("Workbook", start + _biff(0x0A, b"") + b"".join(sheets))


def _xls_sheet(page: Page, extent: tuple[int, int] | None) -> bytes:
    cells = page.cells()
    bottom, right = extent or (max(r for r, _, _ in cells) + 1, max(c for _, c, _ in cells) + 1)
    parts = [_biff(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))]
    parts += [_biff(0x7D, struct.pack("<6H", column, column, 2304, 0, 1, 0)) for column in page.hidden_columns]
    parts.append(_biff(0x200, struct.pack("<IIHHH", 0, bottom, 0, right, 0)))
    parts += [_biff(0x208, struct.pack("<8H", row, 0, 9, 255, 0, 0, 0x20, 0)) for row in page.hidden_rows]
    for row, column, cell in cells:
        place = struct.pack("<HHH", row, column, (row, column) in page.struck)
        if isinstance(cell, str):
            text = cell.encode("utf-16-le")
            parts.append(_biff(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text))
        elif cell is ERROR:
            parts.append(_biff(0x205, place + bytes((_DIVISION_BY_ZERO, 1))))
        else:
            parts.append(_biff(0x203, place + struct.pack("<d", cell)))
    parts += [_biff(0x1C, struct.pack("<4HHBx", *place, 0, 1, 0, 0)) for place in page.comments]
    return b"".join((*parts, _biff(0x0A, b"")))


def container(name: str, stream: bytes) -> bytes:
    """An OLE file with one stream of 4096 bytes or more: head, its sectors, the directory, the table of sectors."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // 512)
    chain = [*range(1, count), 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFD] * (-(-(count + 2) // 127))]
    tables = len(chain) - count - 1
    head = struct.pack("<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0,
                       tables, count, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    places = [count + 1 + table for table in range(tables)] + [0xFFFFFFFF] * (109 - tables)
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 0, len(stream))
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512 * tables, b"\xff")
    body = stream.ljust(512 * count, b"\0") + directory.ljust(512, b"\0") + table
    return head + struct.pack("<109I", *places) + body


def _entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
    text = name.encode("utf-16-le").ljust(64, b"\0")
    places = struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return (text + places).ljust(116, b"\0") + struct.pack("<IQ", start, length)


def _record(kind: int, body: bytes) -> bytes:
    number = bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))
    size = len(body)
    return number + bytes((size & 0x7F | 0x80, size >> 7 & 0x7F)) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(pages: Mapping[str, Page]) -> bytes:
    """A binary workbook."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = _record(143, b"")
    links = ""
    parts: dict[str, bytes | str] = {}
    for number, (name, page) in enumerate(pages.items(), 1):
        book += _record(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        links += f'<Relationship Id="rId{number}" Type="{kind}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        parts[f"xl/worksheets/sheet{number}.bin"] = _xlsb_sheet(page)
        if page.comments:
            parts[f"xl/worksheets/_rels/sheet{number}.bin.rels"] = _links(
                f'<Relationship Id="rId1" Type="{kind}/comments" Target="../comments{number}.bin"/>'
            )
            parts[f"xl/comments{number}.bin"] = b"".join(
                _record(635, struct.pack("<5I", 0, row, row, column, column) + bytes(16))
                for row, column in page.comments
            )
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    )
    parts["xl/workbook.bin"] = _record(131, b"") + book + _record(144, b"") + _record(132, b"")
    parts["xl/_rels/workbook.bin.rels"] = _links(links)
    fonts = b"".join(_record(43, struct.pack("<HH", 220, grbit) + bytes(17)) for grbit in (0, 8))
    formats = b"".join(_record(47, struct.pack("<HHH", 0, 0, font) + bytes(10)) for font in (0, 1))
    parts["xl/styles.bin"] = fonts + _record(617, struct.pack("<I", 2)) + formats + _record(618, b"")
    return packed(parts)


def _xlsb_sheet(page: Page) -> bytes:
    cells = page.cells()
    bottom, right = max(r for r, _, _ in cells), max(c for _, c, _ in cells)
    parts = [_record(129, b""), _record(148, struct.pack("<4I", 0, bottom, 0, right))]
    parts += [_record(60, struct.pack("<IIIIH", column, column, 2304, 0, 1)) for column in page.hidden_columns]
    parts.append(_record(145, b""))
    for row in sorted({row for row, _, _ in cells}):
        parts.append(_record(0, struct.pack("<IIHBB", row, 0, 300, 0, 0x10 * (row in page.hidden_rows)) + bytes(5)))
        for _, column, cell in sorted((r, c, cell) for r, c, cell in cells if r == row):
            place = struct.pack("<II", column, (row, column) in page.struck)
            if isinstance(cell, str):
                parts.append(_record(6, place + _wide(cell)))
            elif cell is ERROR:
                parts.append(_record(3, place + bytes((_DIVISION_BY_ZERO,))))
            else:
                parts.append(_record(5, place + struct.pack("<d", cell)))
    return b"".join((*parts, _record(146, b""), _record(130, b"")))


def _links(links: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )


def ods(pages: Mapping[str, Page]) -> bytes:
    """An OpenDocument spreadsheet."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    style = (
        '<office:automatic-styles><style:style style:name="gone" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    )
    tables = "".join(_ods_table(name, page) for name, page in pages.items())
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/"'
            ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            "</manifest:manifest>"
        ),
        "content.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}'
            ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
            f"{style}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>"
        ),
    })  # fmt: skip


def _ods_table(name: str, page: Page) -> str:
    width = max(len(row) for row in page.rows)
    columns = "".join(f"<table:table-column{_gone(column in page.hidden_columns)}/>" for column in range(width))
    lines = []
    for row, cells in enumerate(page.rows):
        inside = "".join(_ods_cell(cell, (row, column), page) for column, cell in enumerate(cells))
        lines.append(f"<table:table-row{_gone(row in page.hidden_rows)}>{inside}</table:table-row>")
    for (row, column), cell in page.further.items():
        count = row - len(page.rows)
        skipped = f'<table:table-row table:number-rows-repeated="{count}"><table:table-cell/></table:table-row>'
        inside = f'<table:table-cell table:number-columns-repeated="{column}"/>{_ods_cell(cell, (row, column), page)}'
        lines.append(f"{skipped}<table:table-row>{inside}</table:table-row>")
    return f'<table:table table:name="{escape(name)}">{columns}{"".join(lines)}</table:table>'


def _gone(is_hidden: bool) -> str:
    return ' table:visibility="collapse"' if is_hidden else ""


def _ods_cell(cell: object, place: tuple[int, int], page: Page) -> str:
    style = ' table:style-name="gone"' if place in page.struck else ""
    note = "<office:annotation><text:p>请核</text:p></office:annotation>" if place in page.comments else ""
    if cell is None:
        return f"<table:table-cell>{note}</table:table-cell>"
    if cell is ERROR:
        kind = ' table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"'
        return f"<table:table-cell{style}{kind}>{note}<text:p>#DIV/0!</text:p></table:table-cell>"
    if isinstance(cell, str):
        kind, text = ' office:value-type="string"', escape(cell)
    else:
        kind, text = f' office:value-type="float" office:value="{cell}"', str(cell)
    return f"<table:table-cell{style}{kind}>{note}<text:p>{text}</text:p></table:table-cell>"


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """Parts as a ZIP, in their order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()
