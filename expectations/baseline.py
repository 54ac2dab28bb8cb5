"""The rules that every table of a candidate gets, whatever it is about.

An empty table, an absent column or a key of NULLs lets every other expectation pass for want of rows, so these come
first. A table's contract is told once, as a ``Table``, and the rules follow from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rules import Expectation, Rule, no_row, no_row_where

COMMON_KEY = ("division_code", "division_level", "period_type", "period_start")
COMMON_COLUMNS = (*COMMON_KEY, "period_end")
PERSONAL_COLUMN = (
    "^(name|person_name|person|person_key|household|household_key|mother_key|father_key|spouse_key|case_key|receipt_no"
    "|id_number|id_card|phone|mobile|address|account|account_no|birth_date|birth_month|death_date)$"
)
# An 18-place identity number, a mobile number, or a pseudonym, each standing alone.
PERSONAL_TEXT = "(^|[^0-9A-Za-z])([0-9]{{17}}[0-9Xx]|1[3-9][0-9]{{9}}|[0-9a-f]{{32}})([^0-9A-Za-z]|$)"
MEND_MODEL_EN = "A fault of the product, not of a ledger: keep the candidate and report it with this rule's id."
MEND_MODEL_ZH = "这是程序缺陷而非台账问题:请保留候选版本,并附规则编号上报。"


@dataclass(frozen=True)
class Table:
    """The contract of one table.

    ``columns`` are all of them and ``key`` the unique ones; a column of the key is filled unless it is
    ``optional_key``. ``not_null`` names further columns that are filled, ``text`` those that hold free words.
    """

    name: str
    title_zh: str
    title_en: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    optional_key: tuple[str, ...] = ()
    not_null: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    may_be_empty: bool = False


def baseline(table: Table) -> tuple[Rule, ...]:
    """The rules that follow from the contract of ``table`` alone."""
    rules = [_columns(table), _key(table), _required(table), _personal_columns(table)]
    if not table.may_be_empty:
        rules.insert(0, _rows(table))
    if table.text:
        rules.append(_personal_text(table))
    if "division_code" in table.columns:
        rules.append(_division_codes(table))
    if "period_end" in table.columns:
        rules.append(_periods(table))
    return tuple(rules)


def contract_rule(
    table: Table, name: str, zh: str, en: str, expectation: Expectation, *, waivable: bool = True
) -> Rule:
    """A critical rule about what the product itself computed, so the remedy is never the clerk's."""
    return Rule(
        id=f"{table.name}.{name}",
        scope=table.name,
        severity="critical",
        sentence_zh=f"{table.title_zh}:{zh}",
        sentence_en=f"{table.title_en}: {en}",
        remedy_zh=MEND_MODEL_ZH,
        remedy_en=MEND_MODEL_EN,
        expectation=expectation,
        waivable=waivable,
    )


def _rows(table: Table) -> Rule:
    return Rule(
        id=f"{table.name}.has_rows",
        scope=table.name,
        severity="critical",
        sentence_zh=f"{table.title_zh}:至少有一行",
        sentence_en=f"{table.title_en}: there is at least one row",
        remedy_zh="请检查报送目录是否为空、表格是否全部被隔离。",
        remedy_en="Look whether anything arrived at all, or whether every sheet was quarantined.",
        expectation=Expectation("ExpectTableRowCountToBeBetween", {"min_value": 1}),
    )


def _columns(table: Table) -> Rule:
    expectation = Expectation("ExpectTableColumnsToMatchSet", {"column_set": list(table.columns), "exact_match": True})
    return contract_rule(
        table, "has_exactly_its_columns", "列与约定完全一致", "the columns are exactly those agreed", expectation
    )


def _key(table: Table) -> Rule:
    if len(table.key) == 1:
        expectation = Expectation("ExpectColumnValuesToBeUnique", {"column": table.key[0]})
    else:
        expectation = Expectation("ExpectCompoundColumnsToBeUnique", {"column_list": list(table.key)})
    return contract_rule(table, "is_unique_by_its_key", "同一主键只有一行", "no two rows share a key", expectation)


def _required(table: Table) -> Rule:
    required = [column for column in (*table.key, *table.not_null) if column not in table.optional_key]
    condition = " or ".join(f"{column} is null" for column in required)
    return contract_rule(
        table, "fills_its_required_columns", "必填列没有空值", "no required column is NULL", no_row_where(condition)
    )


def _personal_columns(table: Table) -> Rule:
    query = (
        "select column_name from (describe select * from {batch}) "
        f"where regexp_matches(column_name, '{PERSONAL_COLUMN}')"
    )
    return contract_rule(
        table,
        "carries_no_personal_column",
        "没有个人信息列",
        "no column can hold personal data",
        no_row(query.replace("$", "$$")),
        waivable=False,
    )


def _personal_text(table: Table) -> Rule:
    pattern = PERSONAL_TEXT.replace("$", "$$")
    condition = " or ".join(f"regexp_matches({column}, '{pattern}')" for column in table.text)
    return contract_rule(
        table,
        "carries_no_personal_number",
        "文本中没有身份证号、手机号或假名",
        "no text holds an identity number, a mobile number or a pseudonym",
        no_row_where(condition),
        waivable=False,
    )


def _division_codes(table: Table) -> Rule:
    return contract_rule(
        table,
        "writes_division_codes_in_full",
        "区划代码为十二位数字",
        "every division code has twelve digits",
        no_row_where("not regexp_full_match(division_code, '[0-9]{{12}}')"),
    )


def _periods(table: Table) -> Rule:
    return contract_rule(
        table,
        "ends_each_period_after_its_start",
        "统计期的止日晚于起日",
        "each period ends after it starts",
        no_row_where("period_end <= period_start"),
    )
