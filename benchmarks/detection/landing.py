"""The true name of a file of which the product's books show a masked one."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

# Row addresses carry the first sixteen digits of their file's hash.
HEAD = 16
_MASK = re.compile(r"9\{(\d+)\}")


class Landing:
    """The ledgers as they were written, by relative path and by hash."""

    def __init__(self, folder: Path) -> None:
        self._by_head: dict[str, list[str]] = {}
        self.hash_of: dict[str, str] = {}
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            self._by_head.setdefault(digest[:HEAD], []).append(name)
            self.hash_of[name] = digest

    def true_name(self, shown: str, sha256: str = "") -> str:
        """The file behind a name as shown, by its hash (or the head of it); the shown name if none fits."""
        if shown in self.hash_of and (not sha256 or self.hash_of[shown].startswith(sha256)):
            return shown
        names = self._by_head.get(sha256[:HEAD], [])
        fitting = [name for name in names if agrees(shown, name)]
        return (fitting or names or [shown])[0]


def agrees(shown: str, true: str) -> bool:
    """Whether a name as shown, with its long runs of figures masked, may stand for a true one."""
    return shown == true or ("9{" in shown and bool(_pattern(shown).fullmatch(true)))


@lru_cache(maxsize=4096)
def _pattern(shown: str) -> re.Pattern[str]:
    parts = _MASK.split(shown)
    text = [re.escape(part) if at % 2 == 0 else r"[0-9０-９xXｘＸ]" + f"{{{part}}}" for at, part in enumerate(parts)]
    return re.compile("".join(text))
