"""Which form a table is: as its title, tab or file name says, else the one form that its header fits."""

from __future__ import annotations

import re
from dataclasses import replace

from orchestration.ingest import headers
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.flattening import flatten
from orchestration.ingest.headers import Binding
from orchestration.ingest.layout import Catalogue, Layout
from orchestration.ingest.rows import titled
from orchestration.ingest.sheet import Preamble
from orchestration.ingest.text import squash

_CODE = re.compile(r"(?<![a-z0-9])(l\d{2})(?!\d)")


def form_of(
    catalogue: Catalogue, raw: RawSheet, above: Preamble, file_name: str, around: str | None
) -> tuple[Binding | None, str | None]:
    """The header of a table bound to its form, or the rule that says why there is none.

    Args:
        catalogue: all forms.
        raw: the sheet, or one of its tables.
        above: the lines above the table.
        file_name: without folder.
        around: title and tab of the whole sheet where it holds several tables, else None.
    """
    every = list(catalogue.layouts.values())
    title = above.title if around is None else nearest_title(catalogue, above) or above.title
    named = titled_forms(catalogue, title, raw.name)
    confirmed = _confirmed(catalogue, raw, above, named)
    if confirmed is not None:
        return confirmed, None
    # A file named by one form may still hold the table of another below it.
    coded = {code.upper() for code in _CODE.findall(squash(raw.name) + " " + squash(file_name))}
    coded = coded & set(catalogue.layouts) if around is None else set()
    claimed = [layout for layout in every if layout.form in named | coded]
    bindings = headers.bind(raw.rows, raw.merges, catalogue, claimed or every)
    if not any(not binding.missing_places for binding in bindings):
        # What the title claims does not fit: see whether the header is plainly another form.
        bindings = headers.bind(raw.rows, raw.merges, catalogue, every)
    whole = [binding for binding in bindings if not binding.missing_places]
    if len(coded) == 1 and named and not coded & named:
        return None, "sheet.form_disagrees"
    wanted = coded if len(coded) == 1 else named
    if not wanted and around is not None:
        wanted = titled_forms(catalogue, around) & {binding.layout.form for binding in whole}
    # A form that needs its title to be whole is not chosen for its header where the title is another's.
    sure = [held for held in whole if held.layout.form in wanted or not is_untitled(held, f"{title} {raw.name}")]
    whole = sure if wanted else sure or whole
    if not wanted:
        if not whole or (len(whole) > 1 and whole[0].score == whole[1].score):
            return None, "sheet.unknown_form"
        return whole[0], None
    fitting = [binding for binding in whole if binding.layout.form in wanted]
    if fitting:
        return fitting[0], None
    if whole and whole[0].score >= 2 * max((b.score for b in bindings if b.layout.form in wanted), default=0):
        # The title of the whole sheet need not name its first table.
        return (whole[0], None) if around is not None and title in around else (None, "sheet.form_disagrees")
    partly = [binding for binding in bindings if binding.layout.form in wanted and len(binding.columns) >= 2]
    return (partly[0], None) if partly else (None, "sheet.no_header")


def _confirmed(catalogue: Catalogue, raw: RawSheet, above: Preamble, named: set[str]) -> Binding | None:
    """The header as a person has confirmed it, unless the title names other forms."""
    if catalogue.confirmed.is_empty:
        return None
    first = next(headers.candidate_rows(raw.rows, catalogue, raw.merges), None)
    told = None if first is None else catalogue.confirmed.recall(raw.rows, first, above.title or raw.name)
    if first is None or told is None or (named and told.form not in named):
        return None
    flat = flatten(raw.rows, raw.merges, first, len(told.block))
    if flat[: len(told.columns)] != [column.header for column in told.columns]:
        return None  # the same words under other merged cells are another header
    binding = headers.bind_layout(flat, catalogue.layouts[told.form], catalogue, told.told)
    return replace(binding, first_row=first, height=len(told.block))


def titled_forms(catalogue: Catalogue, *texts: str) -> set[str]:
    """The forms whose titles stand in one of some texts."""
    folded = "\n".join(map(squash, texts))
    return {layout.form for layout in catalogue.layouts.values() if _is_titled(layout, folded)}


def nearest_title(catalogue: Catalogue, above: Preamble) -> str | None:
    """The line nearest to a header that names a form or a direction."""
    columns = [column for layout in catalogue.layouts.values() for column in layout.columns.values()]
    words = {word for column in columns for word in column.from_title}
    for line in reversed(above.lines):
        if titled_forms(catalogue, line) or any(word in squash(line) for word in words):
            return line
    return None


def _is_titled(layout: Layout, text: str) -> bool:
    if not layout.title_pattern.search(text):
        return False
    return layout.other_title is None or not layout.other_title.search(text)


def is_untitled(binding: Binding, title: str) -> bool:
    """Whether a placing column is missing that the title could have replaced, but does not."""
    return any(
        column.places_row and column.from_title and name not in binding.columns and titled(column, title) is None
        for name, column in binding.layout.columns.items()
    )
