"""ID numbers against what is typed beside them, and persons who stand twice on a sheet (D05, D13, D14)."""

from __future__ import annotations

from pathlib import Path

from orchestration.ingest import lunar, register
from tests.unit.ingest.books import VALID_ID, death, deaths, id_number, ledger
from tests.unit.ingest.test_sheets import read, rows, rules

MAN, WOMAN = id_number("19830412", 13), id_number("19600705", 24)
ROSTER = ["户编码", "姓名", "与户主关系", "性别", "身份证号", "出生日期", "迁入时间", "迁出时间"]
MOVES = ["姓名", "性别", "身份证号", "出生年月", "类型", "迁移日期"]
BIRTHS = [
    "婴儿姓名",
    "婴儿身份证号",
    "性别",
    "出生日期",
    "孩次",
    "母亲姓名",
    "母亲身份证号",
    "母亲出生年月",
    "落户日期",
]

Found = list[tuple[str, int | None, str | None]]


def found(tmp_path: Path, title: str, headers: list[str], *data: list[object]) -> Found:
    """Rule, row and column of what is said of the rows; the first one is row 4."""
    settings = read(tmp_path, {"表": ledger(title, headers, *data)})
    assert all(kind == "cell" for kind, *_ in rules(settings)), "every row stays accepted"
    ours = [entry[1:] for entry in rules(settings) if entry[1] not in ("sheet.column_missing", "code.unknown")]
    assert register.read_quarantine(settings).filter(register.pl.col("raw_text").is_not_null()).is_empty()
    return ours


def roster(tmp_path: Path, *data: list[object]) -> Found:
    return found(tmp_path, "人口登记册", ROSTER, *data)


def person(
    number: object, name: str, sex: str, birth: object, household: str = "1", relation: str = "户主", *dates: str
) -> list[object]:
    return [household, name, relation, sex, number, birth, *dates]


def move(number: object, direction: str, day: str, name: str = "王甲") -> list[object]:
    return [name, "男", number, "1983-04", direction, day]


def birth(
    day: str, mother: object = WOMAN, name: str = "", order: int = 1, sex: str = "男", born: str = "1990-01",
    number: object = "", hukou: str = "",
) -> list[object]:  # fmt: skip
    return [name, number, sex, day, order, "李某", mother, born, hukou]


TYPED = [
    "1983-04-12",
    "1983年4月12日",
    "1983.4.12",
    "19830412",
    30418,
    "1983/04",
    "1983.4",
    "１９８３－０４－１２",
    "不详",
    "",
]


def test_a_number_that_says_what_is_typed_is_no_finding(tmp_path: Path) -> None:
    numbers = [id_number("19830412", 2 * n + 1, area) for n in range(10) for area in ("331099", "332603")]
    written = [n[:6] + n[8:17] if at % 3 == 0 else f"'{n}" if at % 3 == 1 else n for at, n in enumerate(numbers)]
    people = [person(number, f"王{at}", "男", TYPED[at // 2], str(at)) for at, number in enumerate(written)]
    assert roster(tmp_path, *people) == []


def test_another_birth_than_the_number_says_is_a_finding_and_stays_as_typed_d13(tmp_path: Path) -> None:
    typed = ["1983-04-13", "1983-05", "1981.4.12", "1973年4月", *TYPED[:5]]
    people = [person(id_number("19830412", 2 * n + 1), f"王{n}", "男", day, str(n)) for n, day in enumerate(typed)]
    assert roster(tmp_path, *people) == [("id.birth_disagrees", row, "birth_month") for row in range(4, 8)]


def test_another_sex_than_the_number_says_is_a_finding_and_stays_as_typed_d13(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1, sex="男"))})
    assert rules(settings) == [("cell", "id.sex_disagrees", 4, "sex")]
    assert rows(settings, "L03")[0]["sex"] == "male"


def test_a_sex_that_nobody_stated_disagrees_with_nothing(tmp_path: Path) -> None:
    assert roster(tmp_path, person(MAN, "王甲", "未说明", "1983-04")) == []


def test_a_number_that_fits_neither_birth_nor_sex_is_said_once_of_the_number(tmp_path: Path) -> None:
    assert roster(tmp_path, person(WOMAN, "王甲", "男", "1983-04")) == [("id.of_another", 4, "person_key")]


def test_a_column_of_numbers_that_mostly_disagree_is_one_finding_at_its_header(tmp_path: Path) -> None:
    people = [person(id_number("19600705", 2 * n), f"人{n}", "男", "1983-04", str(n)) for n in range(6)]
    assert roster(tmp_path / "a", *people) == [("id.column_disagrees", 3, "person_key")]
    assert [rule for rule, *_ in roster(tmp_path / "b", *people[:4])] == ["id.of_another"] * 4


def test_an_unmarked_lunar_birth_is_told_from_a_wrong_one_d05(tmp_path: Path) -> None:
    # 29 April of the lunar year 2014 is 27 May (domain reference, D05).
    child = id_number("20140527", 13)
    assert roster(tmp_path / "a", person(child, "王甲", "男", "2014-04-29")) == [("id.birth_lunar", 4, "birth_month")]
    assert roster(tmp_path / "b", person(child, "王甲", "男", "2014-04-28")) == [
        ("id.birth_disagrees", 4, "birth_month")
    ]


def test_lunar_days_that_the_year_lacks_are_none() -> None:
    # 2014 had a leap ninth month, from 24 October on.
    assert f"{lunar.common_day(2014, -9, 1)}" == "2014-10-24"
    assert lunar.common_day(2014, -8, 1) is None
    assert lunar.common_day(2014, -9, 30) is None
    assert lunar.common_day(2014, 13, 1) is None
    assert f"{lunar.common_day(2014, 1, 1)}" == "2014-01-31", "the first day of the lunar year is the spring festival"


def test_one_person_twice_on_a_roster_is_a_finding_at_the_second_row_d14(tmp_path: Path) -> None:
    here = person(MAN, "王甲", "男", "1983-04")
    there = person(MAN, "王 甲", "男", "1983-04", "2")
    head = person(WOMAN, "李乙", "女", "1960-07", "2")
    assert roster(tmp_path, here, head, there) == [
        ("id.repeated", 6, "person_key"),
        ("row.two_heads", 6, "relation_code"),
    ]


def test_one_number_under_two_names_is_said_once_d13(tmp_path: Path) -> None:
    other = person(MAN, "李乙", "女", "1960-07", "2")
    assert roster(tmp_path, person(MAN, "王甲", "男", "1983-04"), other) == [("id.two_names", 5, "person_key")]


def test_one_person_under_two_numbers_is_a_finding_d13(tmp_path: Path) -> None:
    again = person(id_number("19830412", 15), "王甲", "男", "1983-04", "1", "子")
    assert roster(tmp_path, person(MAN, "王甲", "男", "1983-04"), again) == [("id.two_ids", 5, "person_key")]


def test_twins_and_namesakes_are_two_persons(tmp_path: Path) -> None:
    twin = person(id_number("19830412", 15), "王乙", "男", "1983-04", "1", "兄弟姐妹")
    of_the_village = person(id_number("19830412", 17), "王甲", "男", "1983-04", "2")
    of_the_household = person(id_number("19850412", 15), "王甲", "男", "1985-04", "1", "其他")
    without_number = person("", "王甲", "男", "1983-04", "1", "其他")
    people = person(MAN, "王甲", "男", "1983-04"), twin, of_the_village, of_the_household, without_number
    assert roster(tmp_path, *people) == []


def test_a_death_told_twice_is_a_finding_and_an_unknown_number_is_nobody(tmp_path: Path) -> None:
    twice = read(tmp_path / "a", {"死亡": deaths(death(1), death(2, day="2014-06-05"))})
    assert [entry[1:] for entry in rules(twice)] == [("id.repeated", 5, "person_key")]
    nobody = read(tmp_path / "b", {"死亡": deaths(death(1, number=""), death(2, "某乙", number="", day="2014-06-05"))})
    assert rules(nobody) == []


def test_moves_in_out_and_in_again_are_lawful_and_two_arrivals_are_not(tmp_path: Path) -> None:
    title = "迁入迁出登记表"
    back = [move(MAN, "迁入", "2014-06-02"), move(MAN, "迁出", "2014-06-10"), move(MAN, "迁入", "2014-06-25")]
    assert found(tmp_path / "a", title, MOVES, *back) == []
    assert found(tmp_path / "b", title, MOVES, back[0], back[2]) == [("id.repeated", 5, "person_key")]
    couple = move(WOMAN, "迁入", "2014-06-02", "李乙")
    couple[1], couple[3] = "女", "1960-07"
    assert found(tmp_path / "c", title, MOVES, back[0], couple) == []


def test_an_exact_copy_has_its_address_and_counts_once_d14(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1), death(2))})
    assert rules(settings) == [("cell", "row.duplicate", 5, None)]
    (sheet,) = register.read_submissions(settings).to_dicts()
    assert (sheet["accepted"], sheet["duplicate"], sheet["quarantined"]) == (1, 1, 0)


def test_the_numbers_of_mother_and_child_are_compared_with_their_own_columns(tmp_path: Path) -> None:
    title, child = "出生登记表", id_number("20140601", 13)
    fits = birth("2014-06-01", name="王小一", number=child, born="1960-07", mother=id_number("19600705", 24))
    fits[7], fits[6] = "1990-01", id_number("19900101", 24)
    assert found(tmp_path / "a", title, BIRTHS, fits) == []
    swapped = [*fits]
    swapped[1] = MAN  # the father's number put on the child
    assert found(tmp_path / "b", title, BIRTHS, swapped) == [("id.birth_disagrees", 4, "birth_date")]
    man = [*fits]
    man[6] = id_number("19900101", 13)
    assert found(tmp_path / "c", title, BIRTHS, man) == [("id.sex_disagrees", 4, "mother_key")]


def test_no_part_of_a_number_enters_the_lake(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1, sex="男"))})
    stored = b"".join(path.read_bytes() for path in settings.lake.rglob("*") if path.is_file())
    assert VALID_ID.encode() not in stored
    assert all("19491231" not in str(row) for row in register.read_quarantine(settings).to_dicts())
