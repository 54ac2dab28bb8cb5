"""An .xlsx as a package: which part is which sheet, and what its styles, strings and comments say of cells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from orchestration.ingest import own_sheet
from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.containers.marks import Marks
from orchestration.ingest.containers.package import Parts
from orchestration.ingest.containers.refusal import Refusal
from orchestration.ingest.containers.sheet_xml import SheetScan, column_number, is_clean, is_sheet

_BOOK, _STYLES, _STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_OFF = ("0", "false", "off")


def survey(parts: Parts, limits: Limits) -> dict[int, Marks]:
    """The marks of each sheet that has any, by its place among the tabs, from 0.

    Raises:
        Refusal: a sheet spans more than may be read, or its XML is damaged.
    """
    sheets = {name: part for name, part in parts.items() if is_sheet(part)}
    styles, strings = _struck_styles(parts), _struck_strings(parts)
    commented = any("comment" in name.lower() for name in parts)
    if not (styles or strings or commented) and all(is_clean(part, limits) for part in sheets.values()):
        return {}
    marked = {}
    for name, part in sheets.items():
        marks = SheetScan(styles, strings).read(part)
        if not limits.holds(marks.rows, marks.columns):
            raise Refusal("file.too_large")
        if commented:
            marks.comments.update(_comments(parts, name))
        if marks:
            marked[name] = marks
    order = _order(parts) if marked else []
    return {index: marked[name] for index, name in enumerate(order) if name in marked}


def _order(parts: Parts) -> list[str]:
    """The part of every tab, in the order of the tabs."""
    targets = relations(parts, _BOOK)
    found = []
    for sheet in _named(_tree(parts.get(_BOOK)), "sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.rpartition("}")[2] == "id"), "")
        found.append(targets.get(key, ("", ""))[1])
    return found


def relations(parts: Parts, name: str) -> dict[str, tuple[str, str]]:
    """Id -> (kind, part) of what a part refers to."""
    folder, file = posixpath.split(name)
    found = {}
    for relation in _named(_tree(parts.get(f"{folder}/_rels/{file}.rels")), "Relationship"):
        target = relation.get("Target", "")
        whole = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], whole)
    return found


def _comments(parts: Parts, sheet: str) -> Iterator[tuple[int, int]]:
    for kind, name in relations(parts, sheet).values():
        if kind != "comments":
            continue
        for comment in _named(_tree(parts.get(name)), "comment"):
            found = _ADDRESS.fullmatch(comment.get("ref", ""))
            if found and not "".join(comment.itertext()).startswith(own_sheet.words().comment):
                yield int(found[2]), column_number(found[1])


def _struck_styles(parts: Parts) -> frozenset[int]:
    """The numbers of cell formats with a struck font."""
    part = parts.get(_STYLES, b"")
    if b"strike" not in part:
        return frozenset()
    tree = _tree(part)
    fonts = next(_named(tree, "fonts"), None)
    struck = {at for at, font in enumerate(fonts if fonts is not None else ()) if _is_struck(font)}
    formats = next(_named(tree, "cellXfs"), None)
    return frozenset(
        at
        for at, cell_format in enumerate(formats if formats is not None else ())
        if int(cell_format.get("fontId") or 0) in struck
    )


def _struck_strings(parts: Parts) -> frozenset[int]:
    """The numbers of shared strings of which a part is struck out."""
    part = parts.get(_STRINGS, b"")
    if b"strike" not in part:
        return frozenset()
    return frozenset(at for at, string in enumerate(_named(_tree(part), "si")) if _is_struck(string))


def _is_struck(element: Element) -> bool:
    return any(strike.get("val", "1") not in _OFF for strike in _named(element, "strike"))


def _named(tree: Element, name: str) -> Iterator[Element]:
    return (element for element in tree.iter() if element.tag.rpartition("}")[2] == name)


def _tree(part: bytes | None) -> Element:
    """A small part as a tree; entities were refused before."""
    try:
        return fromstring(part or b"<none/>")  # noqa: S314  document types were refused when it was unpacked
    except (ParseError, ValueError):
        raise Refusal("file.truncated") from None
