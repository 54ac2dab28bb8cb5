"""What the product refuses to be, X1 to X14: each function is given the thing it inspects and names the breaches.

Tables are given as relation -> column -> type, layouts as the YAML says them, codes as plain text. Names are searched,
never descriptions: a sentence may say what is not done.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import sqlglot
from sqlglot import exp

Relations = Mapping[str, Mapping[str, str]]
Layout = Mapping[str, Any]

PREGNANCY = (
    r"孕情|查孕|查环|环孕|孕检|孕周|末次月经|避孕方法"
    r"|pregnan(t|cy)_status|pregnan(t|cy)_(week|test|month|check)|last_menstr"
)
APPROVAL = r"(approval|permit)_(no|result|decision|reason|status)|permit_holder|审批结果|生育证号|准生证"
PAYER = (
    r"(^|_)(payer|party|head|child|mother|father|person)_?(name|id|id_no|account|addr|address|phone)($|_)"
    r"|(^|_)(id_no|id_number|phone|account|bank|address|addr|name)$"
    r"|detention|detained|拘留|wealth|celebrit|high_earner|income"
)
HARMLESS_NAMES = re.compile(r"^(name|.*_name)_(zh|en)$|^(limit|sheet|column)_name$")
BELOW_VILLAGE = (
    r"(^|_)(household|villagers_group|building|grid|dwelling|house|room|street_no|natural_village)(_|$)"
    r"|^group|(?<!age)_group|村民小组|网格|楼栋"
)
PREDICTION = r"predict|propensit|likelihood|risk_|_risk|_score|score_|scoring|probabilit|churn|classifier"
SEX_COMPOSITION = (
    r"two_daughter|daughter|sex_composition|(existing|living)_(sons|boys|girls)|sons_|双女|纯女|二女户|有女无男"
)
GRADE = (
    r"village_(grade|class|rank)|unit_(grade|class|rank)|person_.*score"
    r"|(^|_)(rank|ranking|grade|league|veto|penalty)$|排名|一票否决"
)
COERCION = (
    r"abort|induced|remedial|unplanned_pregnan|contraceptive_order|sterili[sz]|补救|引产|流产|堕胎|计划外怀孕|结扎"
)
LONG_ACTING = r"long_acting|larc|长效|上环率|结扎率|iud"
LEARNING = ("scikit-learn", "sklearn", "xgboost", "lightgbm", "catboost", "torch", "tensorflow", "keras")

BLOCKED_EXAMINATIONS = ("妇检", "查体", "三查", "查环", "查孕", "孕情", "末次月经")
BLOCKED_DENUNCIATIONS = ("举报", "检举")
BLOCKED_SHEETS = ("妇检", "举报", "漏管名单", "遗留名单")

# Purpose of each pseudonym: two of them never meet.
PURPOSE = {
    "person_key": "register",
    "mother_key": "register",
    "household_key": "register",
    "husband_key": "register",
    "wife_key": "register",
    "case_key": "fee",
    "service_key": "service",
    "served_person_key": "service",
    "link_key": "linkage",
}
LEVELS = ("village", "township", "county")
ROW_GRAIN = re.compile(r"_key$|^(row_id|person_id|case_no|receipt_no|posting_id|entry_id|birth_date|birth_month)$")


def _names(pattern: str, relations: Relations) -> list[str]:
    search = re.compile(pattern, re.IGNORECASE).search
    found = [relation for relation in relations if search(relation)]
    return found + [
        f"{relation}.{column}"
        for relation, columns in relations.items()
        for column in columns
        if search(column) and not HARMLESS_NAMES.match(column)
    ]


def _matching(pattern: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if re.search(pattern, word, re.IGNORECASE)]


def read_headers(layout: Layout) -> Iterator[tuple[str, str]]:
    """(lake column, header) for each header whose cells are kept; a ``{word}`` stands for all its synonyms."""
    synonyms = layout.get("words", {})
    for name, column in layout["columns"].items():
        if column.get("type") == "drop" or column.get("keep") is False:
            continue
        for alias in column.get("aliases", ()):
            yield name, alias
            for word in re.findall(r"\{([^}]+)\}", alias):
                for synonym in synonyms.get(word, ()):
                    yield name, alias.replace("{" + word + "}", synonym)


def x1_pregnancy(relations: Relations, layouts: Iterable[Layout]) -> list[str]:
    """X1: no pregnancy or fertility state of a person beyond landing."""
    headers = [f"{name}: {header}" for layout in layouts for name, header in read_headers(layout)]
    return _names(PREGNANCY, relations) + _matching(PREGNANCY, headers)


def x2_person_grain(published: Relations) -> list[str]:
    """X2: no published table has a person, a case or a ledger row for its grain."""
    breaches = []
    for relation, columns in published.items():
        breaches += [f"{relation}.{column}" for column in columns if ROW_GRAIN.search(column)]
        if relation.startswith("mart_") and not {"division_code", "unit_code"} & set(columns):
            breaches.append(f"{relation}: neither division nor unit")
    return breaches


def _unblocked(common: Layout, key: str, wanted: Collection[str]) -> list[str]:
    patterns = [re.compile(pattern) for pattern in common.get(key, ())]
    return [word for word in wanted if not any(pattern.search(word) for pattern in patterns)]


def _read_although_blocked(common: Layout, layouts: Iterable[Layout], wanted: Collection[str]) -> list[str]:
    return [
        f"{layout['form']}.{name}: {header}"
        for layout in layouts
        for name, header in read_headers(layout)
        if any(word in header for word in wanted)
    ]


def x3_examinations(common: Layout, layouts: Iterable[Layout]) -> list[str]:
    """X3: results of gynaecological examinations are blocked at the header, on every form."""
    return (
        _unblocked(common, "blocked_headers", BLOCKED_EXAMINATIONS)
        + _unblocked(common, "blocked_sheets", BLOCKED_SHEETS[:1])
        + _read_although_blocked(common, layouts, BLOCKED_EXAMINATIONS)
    )


def x4_denunciations(common: Layout, layouts: Iterable[Layout]) -> list[str]:
    """X4: informants, denunciations and lists of the missed are blocked at the header and the sheet's name."""
    return (
        _unblocked(common, "blocked_headers", BLOCKED_DENUNCIATIONS)
        + _unblocked(common, "blocked_sheets", BLOCKED_SHEETS[1:])
        + _read_although_blocked(common, layouts, BLOCKED_DENUNCIATIONS)
    )


def x5_coercion(codes: Iterable[str]) -> list[str]:
    """X5: no indicator, measure or service of coercion (codes and names)."""
    return _matching(COERCION, codes)


def x6_two_purposes(relations: Relations) -> list[str]:
    """X6: no table holds pseudonyms of two purposes, and what is matched has no pseudonym at all."""
    breaches = []
    for relation, columns in relations.items():
        purposes = {PURPOSE[column] for column in columns if column in PURPOSE}
        linked = re.search(r"match|link|concord", relation)
        if len(purposes) > 1 or (linked and purposes):
            breaches.append(f"{relation}: {', '.join(sorted(purposes))}")
    return breaches


def x6_linked_persons(name: str, sql: str) -> list[str]:
    """X6: no query compares the pseudonym of one purpose with that of another."""
    breaches = []
    for node in sqlglot.parse_one(sql, read="duckdb").find_all(exp.EQ, exp.NullSafeEQ):
        sides = [side for side in (node.this, node.expression) if isinstance(side, exp.Column)]
        purposes = {PURPOSE.get(side.name, "") for side in sides} - {""}
        if len(purposes) > 1:
            breaches.append(f"{name}: {node.sql()}")
    return breaches


def x7_approvals(relations: Relations, layouts: Iterable[Layout]) -> list[str]:
    """X7: no decision about a person's application; only counts and durations."""
    headers = [f"{name}: {header}" for layout in layouts for name, header in read_headers(layout)]
    return _names(APPROVAL, relations) + _matching(APPROVAL, headers)


def x8_payers(published: Relations, layouts: Iterable[Layout]) -> list[str]:
    """X8: direct identifiers leave the reader as keys only, and no published table names or describes a payer."""
    breaches = _names(PAYER, published)
    for layout in layouts:
        for name, column in layout["columns"].items():
            kept = column.get("type") != "drop" and column.get("keep") is not False
            if kept and column.get("pii") == "D" and column.get("type") not in ("id", "key"):
                breaches.append(f"{layout['form']}.{name}: class D in the clear")
            if column.get("pii") == "D":
                lake_name = column.get("into") or name
                breaches += [f"{mart}.{lake_name}" for mart, columns in published.items() if lake_name in columns]
    return breaches


def x9_below_village(published: Relations, levels: Iterable[str]) -> list[str]:
    """X9: no division below the village, by column or by level."""
    return _names(BELOW_VILLAGE, published) + [level for level in levels if level not in LEVELS]


def x10_predictions(relations: Relations, modules: Iterable[str], dependencies: Iterable[str]) -> list[str]:
    """X10: nothing predicts or scores: no table, column or module of that name, no learning library."""
    needed = [dependency for dependency in dependencies if re.split(r"[\[<>=!~ ;]", dependency)[0].lower() in LEARNING]
    return _names(PREDICTION, relations) + _matching(PREDICTION, modules) + needed


def x11_sex_composition(relations: Relations, codes: Iterable[str], layouts: Iterable[Layout]) -> list[str]:
    """X11: no dimension by the sex of the children a household has."""
    headers = [f"{name}: {header}" for layout in layouts for name, header in read_headers(layout)]
    return _names(SEX_COMPOSITION, relations) + _matching(SEX_COMPOSITION, [*codes, *headers])


def x12_grades(relations: Relations) -> list[str]:
    """X12: no grade, class, rank or veto of a village, a unit or a person."""
    return _names(GRADE, relations)


def x12_league_tables(name: str, sql: str) -> list[str]:
    """X12: no published query ranks: row_number() may pick a row, rank() and its kin make a league table."""
    kinds = (exp.Rank, exp.DenseRank, exp.PercentRank, exp.Ntile, exp.CumeDist)
    return [f"{name}: {node.sql()}" for node in sqlglot.parse_one(sql, read="duckdb").find_all(*kinds)]


def x13_long_acting(codes: Iterable[str]) -> list[str]:
    """X13: no share of long-acting contraception is computed."""
    return _matching(LONG_ACTING, codes)


def x14_row_export(files: Iterable[str], published: Collection[str]) -> list[str]:
    """X14: a release holds the published tables, all of them and nothing else (paths relative to the release)."""
    tables = set()
    breaches = []
    for name in files:
        path = PurePosixPath(name)
        if path.suffix in (".parquet", ".csv"):
            tables.add(path.stem)
        if path.suffix in (".parquet", ".csv", ".duckdb", ".db") and path.stem not in {*published, "marts"}:
            breaches.append(name)
        # A page of the data docs tells counts of a rule; it holds no row.
        if path.suffix != ".html" and re.match(r"(stg|int|audit)_|quarantine|submissions", path.name):
            breaches.append(name)
    return sorted(set(breaches)) + [f"{table} is missing" for table in sorted(set(published) - tables)]
