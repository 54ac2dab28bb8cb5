"""From the words of a command to the wishes of a run, or to a sentence that says what cannot be had and what can."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import cast

from orchestration.errors import UsageError
from orchestration.synthesis.clerk.printing import OFFICE_FORMS, VILLAGE_FORMS
from orchestration.synthesis.counties.county import load_county
from orchestration.synthesis.counties.plan import available
from orchestration.synthesis.months import first_day, month_number, period
from orchestration.synthesis.options import FileFormat, Options

FORMS = (*VILLAGE_FORMS, *OFFICE_FORMS)
# From the first month whose fees have their figures: a case of the year before the run rests on an income of the year
# before that, and incomes begin with 1999 (money/money.yml); benefits begin with 2000. Up to the end of the calendar of
# the product (seeds/reference/calendar_months.csv).
FIRST_MONTH, LAST_MONTH = month_number(2001, 1), month_number(2035, 12)
# A village needs some twenty people to have households, and a book in which anything happens.
PERSONS_PER_VILLAGE = 20
# More do not fit into the memory of one machine at once.
MOST_PERSONS = 10_000_000
MOST_DEFECTS = 0.2
# So many fit into the whole number from which all random numbers are drawn.
MOST_FIGURES = 18
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def options_from(asked: Mapping[str, str], *, real_names: bool, readable: Collection[str]) -> Options:
    """Read the options of ``taizhang synth``.

    Args:
        asked: what stands after each option, by its name without dashes; ``only`` may be empty.
        real_names: whether the county exists.
        readable: the forms that the product reads today, which is what ``forms`` is when it is not said.

    Raises:
        UsageError: an option has no meaning or asks for what there is not.
    """
    county = load_county(asked["county"], real_names=real_names)
    villages, persons = _whole(asked, "villages"), _whole(asked, "persons")
    months, seed = _whole(asked, "months"), _whole(asked, "seed", least=0)
    start = _start(asked["start"], months)
    there = len(available(county, first_day(start)))
    if villages > there:
        raise _usage(
            ("villages", asked["villages"]),
            f"The county has {there} villages at {period(start)}.",
            f"该县在 {period(start)} 只有 {there} 个村。",
            f"Ask for {there} at most.",
            f"请不超过 {there} 个。",
        )
    if persons < villages * PERSONS_PER_VILLAGE:
        least = villages * PERSONS_PER_VILLAGE
        raise _usage(
            ("persons", asked["persons"]),
            f"A village needs {PERSONS_PER_VILLAGE} persons on average to have households and events.",
            f"每村平均至少 {PERSONS_PER_VILLAGE} 人,才有家庭和变动可言。",
            f"Ask for {least} or more, or for fewer villages.",
            f"请不少于 {least} 人,或减少村数。",
        )
    if persons > MOST_PERSONS:
        raise _usage(
            ("persons", asked["persons"]),
            f"One run makes {MOST_PERSONS:,} persons at most.",
            f"一次最多生成 {MOST_PERSONS:,} 人。",
            "Make several counties, each with a seed of its own.",
            "请分为多个县,各用一个种子。",
        )
    return Options(
        county=county.code,
        villages=villages,
        persons=persons,
        months=months,
        seed=seed,
        start=start,
        defects=_defects(asked["defects"]),
        file_format=cast(FileFormat, asked["format"]),
        real_names=real_names,
        forms=_forms(asked["forms"], readable),
        only=_only(asked["only"], start, months),
    )


def folder_from(name: str, text: str) -> Path:
    """The folder that an option names.

    Raises:
        UsageError: it has no name. (An empty one would be the folder in which the command was called.)
    """
    if not text.strip():
        raise _usage(
            (name, '""'),
            "A folder needs a name.",
            "目录名不能为空。",
            "Name a folder, new or empty.",
            "请指定新的或空的目录。",
        )
    return Path(text)


def _whole(asked: Mapping[str, str], name: str, *, least: int = 1) -> int:
    text = asked[name].strip()
    figures = re.fullmatch(r"[+-]?(\d+)", text, re.ASCII)
    if figures and len(figures[1]) > MOST_FIGURES:
        raise _usage(
            (name, text),
            f"The number has more than {MOST_FIGURES} digits.",
            f"数字超过 {MOST_FIGURES} 位。",
            f"Write {MOST_FIGURES} digits at most.",
            f"请不超过 {MOST_FIGURES} 位。",
        )
    if not figures:
        raise _usage(
            (name, text),
            "This is no whole number.",
            "不是整数。",
            "Write figures only.",
            "请只写数字。",
        )
    if int(text) < least:
        raise _usage(
            (name, text), "The number is too small.", "数值过小。", f"Ask for {least} or more.", f"请不小于 {least}。"
        )
    return int(text)


def _start(text: str, months: int) -> int:
    start = _month("start", text)
    if not FIRST_MONTH <= start <= start + months - 1 <= LAST_MONTH:
        raise _usage(
            ("start", f"{text} --months {months}"),
            "The months lie outside those that have figures and a calendar.",
            "月份超出有数据和日历的范围。",
            f"Stay between {period(FIRST_MONTH)} and {period(LAST_MONTH)}.",
            f"请在 {period(FIRST_MONTH)} 至 {period(LAST_MONTH)} 之间。",
        )
    return start


def _only(text: str, start: int, months: int) -> int | None:
    if not text:
        return None
    only = _month("only", text)
    if not start <= only < start + months:
        span = f"{period(start)}..{period(start + months - 1)}"
        raise _usage(
            ("only", text),
            "This month is not among those of the run.",
            "该月不在所要求的时段内。",
            f"Name a month of {span}, or ask for more months.",
            f"请在 {span} 中选择,或增加月数。",
        )
    return only


def _month(name: str, text: str) -> int:
    found = _MONTH.fullmatch(text.strip())
    if not found:
        raise _usage(
            (name, text),
            "This is no month.",
            "不是月份。",
            "Write it as YYYY-MM, such as 2014-01.",
            "请写作 YYYY-MM,如 2014-01。",
        )
    return month_number(int(found[1]), int(found[2]))


def _defects(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not 0 <= rate <= MOST_DEFECTS:
        raise _usage(
            ("defects", text),
            f"The dose of defects is a number from 0 to {MOST_DEFECTS}.",
            f"差错剂量应为 0 至 {MOST_DEFECTS} 之间的数。",
            "0 plants none, 0.02 about as many as careful clerks make.",
            "0 表示没有差错,0.02 约为细心的填报员的水平。",
        )
    return rate


def _forms(text: str, readable: Collection[str]) -> tuple[str, ...]:
    """Forms in the order of their sheets; without a word, those that the product reads."""
    if not text:
        return tuple(form for form in FORMS if form in readable)
    wanted = set(FORMS) if text == "all" else {form.strip().upper() for form in text.split(",") if form.strip()}
    unknown = sorted(wanted - set(FORMS))
    if unknown or not wanted:
        known = ",".join(sorted(FORMS))
        raise _usage(
            ("forms", " ".join(unknown) or text),
            "No such form can be made.",
            "没有这种报表。",
            f"Name some of {known}, or all.",
            f"请从 {known} 中选择,或写 all。",
        )
    return tuple(form for form in FORMS if form in wanted)


def _usage(option: tuple[str, str], message_en: str, message_zh: str, remedy_en: str, remedy_zh: str) -> UsageError:
    address = f"--{option[0]} {option[1]}"
    return UsageError(message_en, message_zh, address=address, remedy_en=remedy_en, remedy_zh=remedy_zh)
