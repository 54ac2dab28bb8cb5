"""Confirmed layouts in the home: ``reference/layouts/<fingerprint>-v<n>.yml``, written once; the last version holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from pydantic import ValidationError

from orchestration.errors import CouldNotRun, UsageError
from orchestration.ingest.confirmed import ConfirmedLayout, ConfirmedLayouts, fingerprint
from orchestration.ingest.headers import bind_layout
from orchestration.ingest.layout import Catalogue, load_catalogue
from orchestration.ingest.proposals.targets import NOT_KEPT, ROLES
from orchestration.settings import Settings


def catalogue_of(settings: Settings) -> Catalogue:
    """The shipped layouts with those that this home has confirmed.

    Raises:
        CouldNotRun: a layout is not well formed; the address names the file.
    """
    return with_confirmed(load_catalogue(), settings)


def with_confirmed(shipped: Catalogue, settings: Settings) -> Catalogue:
    """A catalogue with the layouts that a home has confirmed; the very catalogue where it has none.

    Raises:
        CouldNotRun: a layout is not well formed; the address names the file.
    """
    kept = [layout for layout in read(settings) if not layout.withdrawn]
    return Catalogue(shipped.layouts, shipped.common, ConfirmedLayouts(kept)) if kept else shipped


def read(settings: Settings) -> list[ConfirmedLayout]:
    """The last version of every confirmed layout, withdrawn ones too.

    Raises:
        CouldNotRun: a file is not well formed, or no longer the header for which it was confirmed.
    """
    latest: dict[str, ConfirmedLayout] = {}
    for path in sorted(_folder(settings).glob("*.yml")):
        try:
            layout = ConfirmedLayout.model_validate(yaml.safe_load(path.read_text("utf-8")))
        except (OSError, ValueError, ValidationError, yaml.YAMLError):
            raise _damaged(path) from None
        if path.name != _name(layout) or _fault(load_catalogue(), layout):
            raise _damaged(path)
        if layout.fingerprint not in latest or layout.version > latest[layout.fingerprint].version:
            latest[layout.fingerprint] = layout
    return list(latest.values())


def confirm(settings: Settings, layout: ConfirmedLayout) -> Path:
    """Keep a layout as the next version of its fingerprint, and say where.

    Raises:
        UsageError: a column is missing, taken twice, blocked or unknown to the form, or the header was altered.
        CouldNotRun: a layout kept earlier is damaged.
    """
    fault = _fault(load_catalogue(), layout)
    if fault:
        raise UsageError(
            f"The layout cannot be confirmed: {fault[0]}.",
            f"无法确认该版式:{fault[1]}。",
            address=layout.form,
            remedy_en="Correct the draft, or propose it anew.",
            remedy_zh="请更正草稿,或重新生成建议。",
        )
    before = max((held.version for held in read(settings) if held.fingerprint == layout.fingerprint), default=0)
    return _keep(settings, layout.model_copy(update={"version": before + 1, "withdrawn": False}))


def withdraw(settings: Settings, mark: str, initials: str, day: date) -> Path:
    """Take a confirmed layout back; every version of it stays.

    Raises:
        UsageError: no layout in force has this fingerprint.
        CouldNotRun: a layout kept earlier is damaged.
    """
    for held in read(settings):
        if held.fingerprint == mark and not held.withdrawn:
            said = {"version": held.version + 1, "withdrawn": True, "confirmed_by": initials, "confirmed_on": day}
            return _keep(settings, held.model_copy(update=said))
    raise UsageError(
        "No layout in force has this fingerprint.",
        "没有该指纹的有效版式。",
        address=mark,
        remedy_en="List them with: taizhang layout list",
        remedy_zh="请用 taizhang layout list 查看。",
    )


def _keep(settings: Settings, layout: ConfirmedLayout) -> Path:
    path = _folder(settings) / _name(layout)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        told = layout.model_dump(mode="json", by_alias=True)
        yaml.safe_dump(told, file, allow_unicode=True, sort_keys=False, width=200)
    return path


def _fault(catalogue: Catalogue, layout: ConfirmedLayout) -> tuple[str, str] | None:
    """Why a layout cannot hold, in English and Chinese."""
    form = catalogue.layouts.get(layout.form)
    if form is None:
        return "there is no such form", "没有该表式"
    if layout.fingerprint != fingerprint(layout.block, layout.title):
        return "header or title were altered", "表头或标题已被改动"
    told = layout.told
    unknown = sorted(set(told.values()) - set(form.columns) - {NOT_KEPT, *ROLES})
    if unknown:
        return f"the form has no column {', '.join(map(repr, unknown))}", "表式中没有所写的列"
    binding = bind_layout([column.header for column in layout.columns], form, catalogue, told)
    if any(told.get(index, NOT_KEPT) != NOT_KEPT for index in binding.blocked):
        return "a column that must not be read is taken for one that is", "将不得读取的列对应到了读取的列"
    if binding.ambiguous:
        return f"two columns are {', '.join(binding.ambiguous)}", "两列对应同一列"
    if binding.missing_places:
        return f"no column is {', '.join(binding.missing_places)}", "缺少必需的列"
    return None


def _folder(settings: Settings) -> Path:
    return settings.reference_dir / "layouts"


def _name(layout: ConfirmedLayout) -> str:
    return f"{layout.fingerprint}-v{layout.version}.yml"


def _damaged(path: Path) -> CouldNotRun:
    return CouldNotRun(
        "A confirmed layout is damaged.",
        "已确认的版式文件有误。",
        address=path.name,
        remedy_en="Restore the file, or remove it and confirm the layout again.",
        remedy_zh="请恢复该文件,或删除后重新确认。",
    )
