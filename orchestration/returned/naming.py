"""Where a returned workbook lies and what it is called: told from its original, so that it is placed as that was."""

from __future__ import annotations

import re
from collections.abc import Collection

from orchestration.ingest.reference import Division
from orchestration.ingest.submission import stated_version
from orchestration.ingest.units import OFFICE_SUFFIX, UnitFound, UnitNames

NOBODY = "未确定单位"
_RECEIVED = re.compile(r"^received=")
_COPY = re.compile(r"[(\uff08]\d{1,3}[)\uff09]$")
_FINAL = re.compile(r"(最终(?:版|稿)?|定稿)[)\uff09]?[(\uff08]?\d{0,3}[)\uff09]?")
_MOST_COPIES = 999


def folder_of(unit_code: str | None, divisions: Collection[Division]) -> str:
    """The folder of a unit: township and village, or the office of a township or county."""
    if unit_code is None:
        return NOBODY
    named = {division.division_code: division for division in divisions}
    own = named[unit_code[:12]]
    if unit_code.endswith(OFFICE_SUFFIX):
        return f"{own.name_zh}计生办"
    above = named.get(own.parent_code)
    return f"{above.name_zh if above else ''}{own.name_zh}"


def kept_folders(path: str, unit_code: str | None, names: UnitNames) -> list[str]:
    """The folders of a received file that say more than whose it is, since unit and month may be read from them."""
    kept = []
    for segment in path.split("/")[:-1]:
        if _RECEIVED.match(segment) or segment in ("", ".", ".."):
            continue
        found = names.found_in(segment)
        if not _is_own(found, unit_code, names) or any(char.isdigit() for char in segment):
            kept.append(segment)
    return kept


def _is_own(found: UnitFound, unit_code: str | None, names: UnitNames) -> bool:
    """Whether what a folder says of units is said by that of the unit too."""
    if unit_code is None or found.rule_id:
        return False
    if found.unit_code or any(code != found.township for code in found.candidates):
        return found.unit_code == unit_code or unit_code[:12] in found.candidates
    return found.township is not None and found.township == names.found_in(unit_code).township


def next_name(file_name: str, suffix: str, taken: Collection[str]) -> str:
    """A name that claims a later version (ruling R-10) than the file has and that is not taken."""
    stem = file_name.rpartition(".")[0] or file_name
    bare = _COPY.sub("", stem)
    claimed = stated_version(file_name)
    for number in range(1, _MOST_COPIES):
        final = _FINAL.sub(rf"\g<1>{number}", bare, count=1)
        for name in (f"{bare}({number}){suffix}", f"{final}{suffix}"):
            if stated_version(name) > claimed and name not in taken:
                return name
    return f"{bare}{suffix}"
