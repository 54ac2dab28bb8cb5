"""A place far away, as a clerk writes it: a code as deep as it is certain, else how far away the words say it lies.

A place is an address, so what cannot be read is a gap and no finding: nothing of it may be shown to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from orchestration.ingest.layout import Catalogue, Column
from orchestration.ingest.outcome import NOTHING, REDACTED, Read
from orchestration.ingest.text import is_redacted, squash
from orchestration.ingest.units import UnitNames
from orchestration.ingest.values import gap

_CODE = re.compile(r"^(?P<county>[1-8]\d{5})(\d{3}|\d{6}|\d{9})?$", re.ASCII)
_SURELY = r"(?=省|市|自治区|壮族|回族|维吾尔|特别行政区|$)"
# 河南村 is a village of many counties; 四川达州 is in Sichuan although no 省 stands between.
_LIKELY = r"(?![村社居镇乡街组路])"


def reader(names: UnitNames, county_code: str, catalogue: Catalogue, column: Column) -> Callable[[object], Read]:
    """How to read the cells of a column of places.

    Args:
        names: the division list of the sheet's month.
        county_code: 12 digits of the county whose unit reports.
        catalogue: the provinces and the words for distances.
        column: its ``code_list`` names the words for distances.

    Returns:
        A parser: 12 digits for a village or township of the list, 6, 4 or 2 digits (GB/T 2260) for a county,
        prefecture or province, a code of the column's list for words such as 外省, None for anything else.
    """
    provinces = {
        squash(word): code for code, words in catalogue.common.code_lists["province"].items() for word in words
    }
    any_province = "|".join(map(re.escape, provinces))
    surely = re.compile(rf"^({any_province}){_SURELY}")
    likely = re.compile(rf"^({any_province}){_LIKELY}")
    classes = {squash(word): code for code, words in catalogue.codes(column).items() for word in words}

    def parse(cell: object) -> Read:
        if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) < 10**15 and cell == int(cell):
            cell = str(int(cell))
        if not isinstance(cell, str) or gap(cell):
            return NOTHING
        return Read(REDACTED if is_redacted(cell) else place(squash(cell)))

    def place(text: str) -> str | None:
        if text in classes:
            return classes[text]
        named = surely.match(text)
        if named and provinces[named[1]] != county_code[:2]:
            # A township of that name may stand in the list, but it is another one.
            return provinces[named[1]]
        listed = names.place(text)
        if listed:
            return listed
        if (coded := _CODE.match(text)) and text[:2] in provinces.values():
            return coded["county"].removesuffix("00").removesuffix("00")
        if names.names_county(text, county_code):
            return county_code[:6]
        found = likely.match(text)
        return provinces[found[1]] if found else None

    return parse
