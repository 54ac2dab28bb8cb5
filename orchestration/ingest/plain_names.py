"""Names of files as they may be written down: in characters that show what they are, and not too long."""

from __future__ import annotations

import hashlib
import os
import re

# Control characters and marks of writing direction make a name show as another one.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
_LONGEST = 400


def plain_name(name: str) -> str:
    """A path with every character visible; bytes that are no UTF-8 are taken as GB18030, as Windows packs them.

    A longer name keeps its beginning and end around a part of its hash.
    """
    name = _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", "/".join(map(_decoded, name.split("/"))))
    if len(name) <= _LONGEST:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: _LONGEST // 2]}~{mark}~{name[-_LONGEST // 2 :]}"


def _decoded(segment: str) -> str:
    try:
        segment.encode()
    except UnicodeEncodeError:
        return os.fsencode(segment).decode("gb18030", "backslashreplace")
    return segment
