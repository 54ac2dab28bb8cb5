"""The tree of files keeps its rules; and each rule catches a forged file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from . import tree_rules

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE")


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    return tree_rules.texts(ROOT)


@pytest.mark.parametrize(("path", "lines"), [("a.py", 301), ("models/a.sql", 101), ("a.yml", 301)])
def test_a_long_file_is_caught(path: str, lines: int) -> None:
    assert tree_rules.oversized({path: "x\n" * lines})
    assert tree_rules.oversized({path: "x\n" * (lines - 1)}) == []
    assert tree_rules.oversized({path: "x\n" * lines}, longer=[path]) == []


def test_no_file_is_too_long(files: Mapping[str, str]) -> None:
    assert tree_rules.oversized(files) == []
    assert [path for path in tree_rules.LONGER if path not in files] == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/a.md", "see /work" + "/main/a.py"),
        ("a.py", "HOME = '/home" + "/somebody/landing'"),
        ("docs/a.md", "as design" + ".md says"),
        ("a.py", "# shared" + "/research/data"),
        ("Makefile", "pip install -i https://pypi" + ".org/simple x"),
        ("Makefile", "npm --registry https://registry.npmjs" + ".org"),
        ("uv.lock", 'source = { registry = "https://packages.example/simple" }'),
    ],
)
def test_a_forbidden_word_is_caught(path: str, text: str) -> None:
    assert tree_rules.forbidden_words({path: text})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", "models/marts/shared/dim_division.sql, a homework/ folder and redesign.mdx"),
        ("uv.lock", 'source = { registry = "https://pypi' + '.org/simple" }'),
        ("a.py", "Path.home() / 'landing'"),
    ],
)
def test_a_harmless_word_passes(path: str, text: str) -> None:
    assert tree_rules.forbidden_words({path: text}) == []


def test_no_file_holds_a_forbidden_word(files: Mapping[str, str]) -> None:
    assert len(files) > 50
    assert tree_rules.forbidden_words(files) == []


def test_a_dead_link_is_caught(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A heading\n\n## Second: the *way*\n", encoding="utf-8")
    page = "[a]({})\n"
    for link in ("gone.md", "there.md#no-heading", "#nowhere", "docs/"):
        assert tree_rules.dead_links(tmp_path, {"page.md": page.format(link)}), link
    (tmp_path / "page.md").write_text("# Here\n", encoding="utf-8")
    for link in ("there.md", "there.md#second-the-way", "#here", "https://example.org/gone", "there.md#a-heading"):
        assert tree_rules.dead_links(tmp_path, {"page.md": "# Here\n" + page.format(link)}) == [], link
    assert tree_rules.dead_links(tmp_path, {"page.md": "```\n[a](gone.md)\n```\n"}) == []


def test_no_link_is_dead(files: Mapping[str, str]) -> None:
    pages = {path: text for path, text in files.items() if path.endswith(".md")}
    assert tree_rules.dead_links(ROOT, pages) == []


def test_readme_and_its_twin_have_the_same_headings(files: Mapping[str, str]) -> None:
    assert tree_rules.unlike_twin("# A\n## B\n", "# 甲\n### 乙\n")
    assert tree_rules.unlike_twin("# A\n## B\n", "# 甲\n")
    assert tree_rules.unlike_twin("", "")
    assert tree_rules.unlike_twin("# A\n```\n# a comment\n```\n## B\n", "# 甲\n## 乙\n") == []
    assert tree_rules.unlike_twin(files["README.md"], files["README.zh-CN.md"]) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_repository_has_its_documents(name: str) -> None:
    assert (ROOT / name).stat().st_size > 0


def test_licence_is_apache_2(files: Mapping[str, str]) -> None:
    licence = files["LICENSE"]
    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence
    assert "9. Accepting Warranty or Additional Liability." in licence
    assert "Copyright [yyyy] [name of copyright owner]" in licence
