"""Great Expectations' own pages, for engineers who know them: one per table, made from the gate's results.

The library's template asks seven outside hosts for styles and scripts and one for a logo. An audit must not tell
anybody that it happened, so every reference to another host is taken out and the page forbids itself the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult

OUTSIDE = re.compile(
    r"url\([^)]*\)|<script\b[^>]*>.*?</script\s*>|<(?:link|img|iframe)\b[^>]*>|<a\b[^>]*href=\"https?:[^>]*>.*?</a\s*>",
    re.DOTALL | re.IGNORECASE,
)
POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
STYLE = (
    "<style>body{font:14px/1.5 sans-serif;max-width:70em;margin:2em auto;color:#1d2a30}"
    "table{border-collapse:collapse;width:100%}td,th{padding:4px 8px;border-bottom:1px solid #d9dfdd;"
    "text-align:left;vertical-align:top}nav,.navbar{display:none}</style>"
)

NO_TEXT = {"raised_exception": False, "exception_message": None, "exception_traceback": None}


def write_data_docs(results: Iterable[ExpectationSuiteValidationResult], folder: Path) -> None:
    """Write ``<table>.html`` for every result and an ``index.html`` into ``folder``.

    The results must hold counts only; whatever values they held would be shown. The text of an exception may quote a
    cell, so it is taken out of ``results`` here.
    """
    from great_expectations.render.renderer import ValidationResultsPageRenderer
    from great_expectations.render.view import DefaultJinjaPageView

    folder.mkdir(parents=True, exist_ok=True)
    renderer, view = ValidationResultsPageRenderer(), DefaultJinjaPageView()
    lines = []
    for result in results:
        table = str(result.suite_name)
        for one in result.results:
            one.exception_info = dict(NO_TEXT)
        page = view.render(renderer.render(result))
        (folder / f"{table}.html").write_text(_without_outside(page), encoding="utf-8")
        passed = sum(bool(one.success) for one in result.results)
        lines.append(
            f'<tr><th scope="row"><a href="{escape(table)}.html">{escape(table)}</a></th>'
            f"<td>{passed} / {len(result.results)}</td></tr>"
        )
    head = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{POLICY}<title>Data Docs</title>{STYLE}</head>'
    body = (
        '<body><h1>Data Docs</h1><table><thead><tr><th scope="col">Table</th><th scope="col">Passed</th></tr></thead>'
    )
    (folder / "index.html").write_text(
        f"{head}{body}<tbody>{''.join(lines)}</tbody></table></body></html>\n", encoding="utf-8"
    )


def _without_outside(page: str) -> str:
    return OUTSIDE.sub("", page).replace("<head>", f"<head>{POLICY}{STYLE}", 1)
