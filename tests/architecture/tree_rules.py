"""Rules of the tree of files: sizes, words that must not be there, links, and the twin README."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

# Hard limits in lines; a file over its limit is split, or named here with its reason.
LIMITS = {".py": 300, ".sql": 100, ".yml": 300, ".yaml": 300}
LONGER: Mapping[str, str] = {}

SHOWN = {".ci", ".github"}
SKIPPED = {"__pycache__", "node_modules", "target", "logs", "dbt_packages", "build", "dist"}
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)

THIS_FILE = "tests/architecture/tree_rules.py"
MACHINE_PATHS = ("/work/", "/home/", "/Users/", "/root/")
PLANNING = ("design.md", "domain.md", "contracts.md", "shared/research", "shared/design", "shared/domain")
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|crates\.io|proxy\.golang\.org|artifactory|/simple/|mirrors?\.[a-z]+\.",
    re.IGNORECASE,
)
LOCK_HOSTS = {"pypi.org", "files.pythonhosted.org"}


def product_files(root: Path) -> Iterator[Path]:
    """Every file of the tree that is not made by a tool or a run."""
    for path in sorted(root.iterdir()):
        hidden = path.is_dir() and path.name.startswith(".") and path.name not in SHOWN
        if hidden or path.name in SKIPPED or path.name.endswith((".egg-info", ".key")):
            continue
        if path.is_dir():
            yield from product_files(path)
        elif path.is_file():
            yield path


def texts(root: Path) -> dict[str, str]:
    """Relative path -> text of every file that is text."""
    found = {}
    for path in product_files(root):
        try:
            found[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def oversized(files: Mapping[str, str], longer: Collection[str] = tuple(LONGER)) -> list[str]:
    """Files over the hard limit of their kind."""
    breaches = []
    for path, text in files.items():
        limit = LIMITS.get(PurePosixPath(path).suffix)
        lines = len(text.splitlines())
        if limit is not None and lines > limit and path not in longer:
            breaches.append(f"{path}: {lines} lines, {limit} at most")
    return breaches


def forbidden_words(files: Mapping[str, str]) -> list[str]:
    """Paths of somebody's machine, papers that do not ship, and addresses of package registries."""
    breaches = []
    for path, text in files.items():
        if path == THIS_FILE:
            continue
        lock = path == "uv.lock"
        for number, line in enumerate(text.splitlines(), start=1):
            words = [word for word in (*MACHINE_PATHS, *PLANNING) if re.search(rf"(?<![\w.]){re.escape(word)}", line)]
            if lock:
                words += sorted(set(re.findall(r"https?://([^/\"\s]+)", line)) - LOCK_HOSTS)
            else:
                words += [match.group() for match in REGISTRIES.finditer(line)]
            breaches += [f"{path}:{number}: {word}" for word in words]
    return breaches


def dead_links(root: Path, pages: Mapping[str, str]) -> list[str]:
    """Relative links of Markdown pages to files that are not there, or to headings that the page does not have."""
    breaches = []
    for page, text in pages.items():
        plain = FENCE.sub("", text)
        for match in LINK.finditer(plain):
            target = match.group(1) or match.group(2)
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            place = (root / page).parent / name if name else root / page
            if not place.exists():
                breaches.append(f"{page}: {target}")
                continue
            if not anchor or place.suffix != ".md":
                continue
            if anchor not in _anchors(place.read_text(encoding="utf-8") if name else text):
                breaches.append(f"{page}: {target}")
    return breaches


def headings(text: str) -> list[int]:
    """Levels of the headings of a Markdown page, in order."""
    return [len(match.group(1)) for match in re.finditer(r"^(#{1,6}) +\S", FENCE.sub("", text), re.MULTILINE)]


def unlike_twin(one: str, other: str) -> list[str]:
    """How the headings of two language versions of one page differ."""
    left, right = headings(one), headings(other)
    if left == right and left:
        return []
    return [f"levels {left} and {right}"]


def _anchors(text: str) -> set[str]:
    titles = re.findall(r"^#{1,6} +(.+?)\s*$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", title.lower()).strip()) for title in titles}
