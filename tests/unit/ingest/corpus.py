"""Every container a ledger may come in and every way a file may be built to do harm, made by script."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Mapping

from tests.unit.ingest.books import L03_HEADERS, death, deaths, ledger, workbook
from tests.unit.ingest.old_books import Page, ods, packed, xls, xlsb

FORMULA, MARKUP, STATEMENT = '=HYPERLINK("http://x","y")', "<script>alert(1)</script>", "'); DROP TABLE l03; --"
_PLACE = "GBK-GBK-G.xlsx"
_LONG = "长" * 1_000_000
_FAR = 1_048_575
_TWENTY_MEGABYTES = 20 * 2**20


def text(rows: list[list[object]], delimiter: str = ",") -> str:
    """Rows as a table of text."""
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return target.getvalue()


def one(name: str = "某甲") -> list[list[object]]:
    """A ledger of one death."""
    return deaths(death(1, name))


def sound() -> dict[str, bytes]:
    """Files by name of which each holds one row that counts."""
    page = {"死亡登记表": Page(one())}
    plain = text(one())
    return {
        "a.xlsx": workbook({"死亡登记表": one()}),
        "macro.xlsm": workbook({"死亡登记表": one("某乙")}),
        "binary.xlsb": xlsb(page),
        "old.xls": xls(page),
        "named_wrong.et": xls({"死亡": Page(one("某丙"))}),
        "open.ods": ods(page),
        "mark.csv": plain.encode("utf-8-sig"),
        "plain.csv": plain.encode(),
        "wide.csv": plain.encode("utf-16"),
        "wide_without_mark.csv": plain.encode("utf-16-le"),
        "gbk.csv": plain.encode("gb18030"),
        "gbk_taken_for_latin.csv": plain.encode("gb18030").decode("latin-1").encode(),
        "semicolon.csv": text(one("某丁"), ";").encode(),
        "tab.tsv": text(one("某丁"), "\t").encode(),
        "newline.csv": text(one("某\n戊")).encode(),
        "harmful_text.xlsx": workbook({"死亡登记表": one(FORMULA + MARKUP + STATEMENT)}),
        "control.xlsx": workbook({"死亡登记表": one("某\x07\x1b[31m\u202e甲")}),
    }


def hostile() -> dict[str, tuple[bytes, str]]:
    """Files by name that are refused, with the rule."""
    whole = workbook({"死亡登记表": one()})
    bomb = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY c "&a;&a;&a;">]>'
    return {
        "page.xls": (b"<html><table><tr><td>1</td></tr></table></html>", "file.html"),
        "scan.pdf": (b"%PDF-1.7\n", "file.pdf"),
        "packed.rar": (b"Rar!\x1a\x07\x00", "file.other_archive"),
        "letter.docx": (packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "file.unknown_kind"),
        "cut.xlsx": (whole[: len(whole) // 2], "file.truncated"),
        "entities.xlsx": (_changed(whole, "xl/workbook.xml", lambda part: bomb + part[part.index(b"<workbook") :]),
                          "file.unsafe_xml"),
        "entities_in_sheet.xlsx": (_changed(whole, "xl/worksheets/sheet1.xml",
                                            lambda part: bomb + part[part.index(b"<worksheet") :]), "file.unsafe_xml"),
        "bomb.xlsx": (_changed(whole, "xl/styles.xml", lambda part: part + b" " * _TWENTY_MEGABYTES), "file.expands"),
        "lying.xlsx": (_lying(_changed(whole, "xl/styles.xml", lambda part: part + b" " * _TWENTY_MEGABYTES)),
                       "file.truncated"),
        "far.xlsx": (_far(whole), "file.too_large"),
        "far_quoted.xlsx": (_far(whole, b"'"), "file.too_large"),
        "far_prefixed.xlsx": (_far(whole, prefix=b"x:"), "file.too_large"),
        "far.xlsb": (xlsb({"一": Page(one(), further={(_FAR, 16_000): "x"})}), "file.too_large"),
        "far.ods": (ods({"一": Page(one(), further={(_FAR, 16_000): "x"})}), "file.too_large"),
        "announced.xls": (xls({"一": Page(one())}, extent=(4_000_000_000, 60_000)), "file.too_large"),
        "ring.xls": (_ring(xls({"一": Page(one())})), "file.truncated"),
        "wide.xlsx": (workbook({"一": [[str(at) for at in range(10_000)]]}), "file.too_large"),
        "wide.csv": (b",".join(b"%d" % at for at in range(10_000)), "file.too_large"),
        "open_quote.csv": ((text(one()) + '2,"某乙,女\r\n3,某丙,男\r\n').encode(), "file.open_quote"),
        "empty.zip": (b"PK\x05\x06" + bytes(18), "file.archive_empty"),
        "bomb.zip": (packed({"a.csv": b"," * _TWENTY_MEGABYTES}), "file.archive_inside"),
    }  # fmt: skip


def long_cells() -> dict[str, bytes]:
    """Ledgers with a cell of a million characters beside a row that counts."""
    rows = deaths(death(1), death(2, _LONG))
    return {"long.csv": text(rows).encode(), "long.ods": ods({"死亡登记表": Page(rows)})}


def archive() -> tuple[bytes, dict[str, str | None]]:
    """A ZIP of ledgers, and for each name under which a member is known, the rule it is refused by."""
    book = {number: workbook({"死亡登记表": one(f"某{number}")}) for number in "一二三四五"}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as files:
        files.writestr("临江镇/砚池村.xlsx", book["一"])
        files.writestr(_PLACE, book["二"])
        files.writestr("../../../../tmp/evil.xlsx", book["三"])
        files.writestr("/etc/evil.xlsx", book["四"])
        files.writestr("C:\\evil.xlsx", book["五"])
        files.writestr("again.xlsx", book["一"])
        files.writestr("__MACOSX/._a.xlsx", b"junk")
        files.writestr("inner.zip", packed({"b.csv": text(one())}))
        files.writestr("locked.xlsx", b"secret")
        files.writestr("broken.xlsx", b"0123456789")
        files.writestr("scan.pdf", b"%PDF-1.4")
    content = target.getvalue().replace(b"0123456789", b"9876543210")
    # Windows names members in GBK without a word of it.
    content = content.replace(_PLACE.encode(), "台账\\死亡.xlsx".encode("gb18030"))
    at = content.rindex(b"locked.xlsx")
    content = content[: at - 38] + b"\x01\x00" + content[at - 36 :]
    return content, {
        "临江镇/砚池村.xlsx": "file.repeated", "台账/死亡.xlsx": None, "tmp/evil.xlsx": None, "etc/evil.xlsx": None,
        "evil.xlsx": None, "again.xlsx": None, "inner.zip": "file.archive_inside",
        "locked.xlsx": "file.member_password", "broken.xlsx": "file.truncated", "scan.pdf": "file.pdf",
    }  # fmt: skip


def marked() -> bytes:
    """A workbook as a clerk leaves it: a row struck out, one hidden, a comment, an error, a formula not computed."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    page = book.active
    page.title = "死亡登记表"
    for row in ledger("死亡登记表", L03_HEADERS, *(death(number, f"某{number}") for number in range(1, 8))):
        page.append(row)
    for cell in page[5]:
        cell.font = Font(strike=True)
    page["E6"].font = Font(strike=True)
    page.row_dimensions[7].hidden = True
    page.column_dimensions["E"].hidden = True
    page["B8"].comment = Comment("某人的电话", "某人")
    page["E9"].value, page["E9"].data_type = "#N/A", "e"
    page["F10"].value = "=DATE(2014,6,1)"
    page.append([None, None, None, "=A5/0"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _changed(content: bytes, name: str, change) -> bytes:  # type: ignore[no-untyped-def]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {info.filename: book.read(info) for info in book.infolist()}
    return packed({**parts, name: change(parts[name])})


def _far(content: bytes, quote: bytes = b'"', prefix: bytes = b"") -> bytes:
    cell = b"<%sc r=%sXFD1048576%s t=%sn%s><v>1</v></%sc>" % (prefix, quote, quote, quote, quote, prefix)
    row = b'<row r="9">' + cell + b"</row></sheetData>"
    return _changed(content, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</sheetData>", row))


def _lying(content: bytes) -> bytes:
    """The largest member declares ten bytes."""
    size = struct.pack("<I", max(info.file_size for info in zipfile.ZipFile(io.BytesIO(content)).infolist()))
    return content.replace(size, struct.pack("<I", 10))


def _ring(content: bytes) -> bytes:
    """The chain of the stream of cells leads back to its first sector."""
    head = struct.pack("<4I", 1, 2, 3, 4)
    at = content.rindex(head)
    return content[: at + 4] + struct.pack("<I", 0) + content[at + 8 :]


NAMES: Mapping[str, str] = {
    "new\nline.csv": "new\\u000aline.csv",
    "\u202efdp.csv": "\\u202efdp.csv",
    "\x1b[31mred.csv": "\\u001b[31mred.csv",
    "=1+1.csv": "=1+1.csv",
    "<b>&.csv": "<b>&.csv",
    "[/bold].csv": "[/bold].csv",
}
