"""The scorer is scored: with a hand-made log and hand-made flags, every number is known beforehand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.detection.flags import Address, Flag
from benchmarks.detection.scoring import by_code, by_dose, by_family, false_by_rule, negatives, overall
from tests.unit.benchmarks.planted import (
    ALL,
    BOOK,
    CASE,
    CELL,
    FLOW,
    GONE,
    MONTH,
    OFFICE,
    PAGE,
    ROW,
    SHEET,
    TWINS,
    VILLAGE,
    at,
    finding,
    run_of,
)


def test_everything_found_and_nothing_else_is_all_ones() -> None:
    run = run_of(ALL)
    score = overall([run])
    assert (score.planted, score.decidable, score.found, score.true, score.false) == (6, 6, 6, 6, 0)
    # The report that never came and what nobody reported have no address to stand at.
    assert (score.locatable, score.located) == (4, 4)
    assert negatives([run]) == {("F", "F01"): (1, 0)}


@pytest.mark.parametrize("planted", [1, 3, 17])
def test_false_flags_lower_precision_by_their_number_alone(planted: int) -> None:
    wrong = [at(CELL, "cell", "number.unreadable", row=100 + n, cell=f"D{100 + n}") for n in range(planted)]
    score, clean = overall([run_of(ALL + wrong)]), overall([run_of(ALL)])
    assert score.precision == (6, 6 + planted)
    assert (score.recall, score.localisation) == (clean.recall, clean.localisation)
    assert false_by_rule([run_of(ALL + wrong)]) == {("cell", "number.unreadable"): planted}


@pytest.mark.parametrize("missed", range(len(ALL)))
def test_a_missed_defect_lowers_recall_and_leaves_precision(missed: int) -> None:
    score = overall([run_of([flag for number, flag in enumerate(ALL) if number != missed])])
    assert score.recall == (5, 6)
    assert score.precision == (5, 5)


def test_the_right_sheet_at_a_wrong_row_is_found_at_the_sheet_alone() -> None:
    score = overall([run_of([at(CELL, "cell", row=8, cell="D8")], [CELL])])
    assert (score.found, score.in_sheet, score.located) == (0, 1, 0)
    assert score.precision == (0, 1), "the row that was named holds no slip"


def test_the_right_row_at_a_wrong_cell_does_not_find_a_cell() -> None:
    score = overall([run_of([at(CELL, "cell", cell="E7")], [CELL])])
    assert (score.found, score.in_sheet, score.located, score.false) == (0, 1, 0, 1)


def test_a_refused_row_or_sheet_around_a_cell_is_true_but_has_not_found_the_cell() -> None:
    for kind, place in (("row", {"cell": ""}), ("sheet", {}), ("file", {"sheet": ""})):
        score = overall([run_of([at(CELL, kind, **place)], [CELL])])
        assert (score.found, score.precision) == (0, (1, 1)), kind


def test_a_spoilt_sheet_excuses_only_what_the_log_expects_in_it() -> None:
    shifted = replace(PAGE, expected=frozenset({"number.unreadable"}))
    inside = [at(PAGE, "cell", "number.unreadable", row=n, cell=f"B{n}") for n in range(5, 25)]
    score = overall([run_of(inside, [shifted])])
    assert (score.found, score.precision) == (1, (1, 1)), "twenty cells of one spoilt sheet are one truth"
    other = [at(PAGE, "cell", "id.invalid", row=5, cell="B5")]
    assert overall([run_of(other, [shifted])]).precision == (0, 1)


def test_a_flagged_hard_negative_counts_here_and_as_a_false_flag() -> None:
    run = run_of([*ALL, at(TWINS, "row")])
    assert negatives([run]) == {("F", "F01"): (1, 1)}
    assert overall([run]).false == 1


def test_a_hard_negative_beside_a_slip_is_not_wronged_by_its_flag() -> None:
    beside = replace(TWINS, row=CELL.row, cell="")
    run = run_of([at(CELL, "cell")], [CELL, beside])
    assert negatives([run]) == {("F", "F01"): (1, 0)}
    assert overall([run]).false == 0


def test_what_the_log_lets_be_said_of_a_lawful_thing_is_neither_true_nor_false() -> None:
    late = replace(
        FLOW,
        family="F",
        code="F-late",
        layer="file",
        scope="unit_month",
        must_flag=False,
        expected=frozenset({"SC-10"}),
    )
    again = replace(late, number=5, code="F-resubmitted", expected=frozenset())
    replaced = Flag("superseded", "superseded", VILLAGE, FLOW.period)
    same_bytes = Flag("duplicate", "duplicate", VILLAGE, FLOW.period)
    run = run_of([finding("SC-10", VILLAGE, FLOW.period), replaced, same_bytes], [late, again])
    assert negatives([run]) == {("F", "F-late"): (1, 0), ("F", "F-resubmitted"): (1, 0)}
    assert overall([run]).precision == (0, 0)
    blamed = run_of([finding("SC-01", VILLAGE, FLOW.period)], [again])
    assert negatives([blamed]) == {("F", "F-resubmitted"): (1, 1)}


def test_a_slip_that_reads_as_it_was_meant_must_not_be_flagged() -> None:
    harmless = replace(CELL, must_flag=False)
    assert negatives([run_of([at(CELL, "cell")], [harmless])]) == {("A", "A01"): (1, 1)}


def test_a_slip_that_no_file_can_show_is_in_no_denominator_and_its_flag_is_not_false() -> None:
    hidden = replace(CELL, must_flag=False, decidable=False)
    score = overall([run_of([at(CELL, "cell")], [hidden])])
    assert (score.planted, score.decidable, score.false) == (1, 0, 0)


def test_nothing_counts_twice() -> None:
    twice = overall([run_of(ALL + ALL)])
    assert (twice.found, twice.located, twice.precision) == (6, 4, (6, 6))
    both = replace(CELL, number=7, code="A02")
    score = overall([run_of([at(CELL, "cell")], [CELL, both])])
    assert (score.found, score.true) == (2, 1), "one flag finds two slips in one cell and is one truth"


def test_the_parts_add_up_to_the_whole() -> None:
    runs = [run_of([*ALL, finding("SC-01", "331099001002"), at(CELL, "cell", row=70)], dose=d) for d in (0.5, 2.0)]
    whole = overall(runs)
    for parts in (by_family(runs), by_code(runs), by_dose(runs)):
        for name in ("planted", "decidable", "found", "located", "locatable", "true", "false"):
            assert sum(getattr(score, name) for score in parts.values()) == getattr(whole, name), name
    # A false flag is booked on what its rule finds, else on the family that its kind looks for.
    assert by_code(runs)["D", "D01"].false == 2
    assert by_code(runs)["A", "–"].false == 2


def test_a_finding_of_another_check_unit_or_month_finds_nothing_behind_the_pages() -> None:
    for flag in (
        finding("SC-02", VILLAGE, FLOW.period),
        finding("SC-01", "331099001002", FLOW.period),
        finding("SC-01", VILLAGE, "2014-06"),
    ):
        score = overall([run_of([flag], [FLOW])])
        assert (score.found, score.precision) == (0, (0, 1)), flag


def test_a_row_left_out_is_found_by_any_finding_that_follows_from_it() -> None:
    left_out = replace(ROW, family="D", code="D-births-missing", row=None, scope="sheet", expected=frozenset({"SC-02"}))
    assert overall([run_of([finding("SC-01")], [left_out])]).recall == (1, 1)
    assert overall([run_of([finding("SC-10")], [left_out])]).recall == (0, 1)


def test_a_planted_case_is_located_by_the_row_of_the_evidence() -> None:
    nowhere = overall([run_of([finding("AC-01", OFFICE)], [CASE])])
    assert (nowhere.found, nowhere.located, nowhere.locatable) == (1, 0, 1)
    wrong_row = finding("AC-01", OFFICE, MONTH, Address(CASE.file, CASE.sheet, 5))
    assert overall([run_of([wrong_row], [CASE])]).localisation == (0, 1)


def test_a_violation_is_found_by_its_own_check_and_by_no_implied_one() -> None:
    early = replace(CASE, code="AC-15", expected=frozenset({"AC-15", "AC-14"}))
    implied = overall([run_of([finding("AC-14", OFFICE)], [early])])
    assert (implied.found, implied.precision) == (0, (1, 1))
    assert overall([run_of([finding("AC-15", OFFICE)], [early])]).found == 1


def test_what_only_the_reporting_layer_knows_is_found_by_what_nothing_else_explains() -> None:
    lost = replace(FLOW, expected=frozenset())
    alone = overall([run_of([finding("SC-01", VILLAGE, FLOW.period)], [lost])])
    assert (alone.found, alone.precision) == (1, (1, 1))
    row = replace(ROW, period=FLOW.period)
    explained = overall([run_of([finding("SC-01", VILLAGE, FLOW.period)], [lost, row])])
    assert (explained.found, explained.precision) == (0, (1, 1))


def test_a_second_sheet_in_a_file_is_found_by_what_is_said_of_that_sheet() -> None:
    copy = replace(PAGE, scope="file", expected=frozenset({"duplicate"}))
    for flag in (
        at(copy, "duplicate", "duplicate", sheet=f"{PAGE.sheet} (2)"),
        at(copy, "cell", "sheet.hidden", row=3),
    ):
        assert overall([run_of([flag], [copy])]).localisation == (1, 1)


def test_granted_consequences_are_true_and_find_nothing() -> None:
    lost, stated = replace(ROW, expected=frozenset()), replace(CELL, form="L16", sheet="村月报表", column="births")
    page = Address(BOOK, "村月报表", 5, "births")
    counted = Address(BOOK, SHEET, None, "births")
    case = Flag("finding", "AC-19", OFFICE, "2014-06", related=(Address(CASE.file, f"#{CASE.sheet_no}", CASE.row),))
    for flag, log in (
        (finding("SC-01"), [lost]),
        (finding("SC-02", VILLAGE, MONTH, page, counted), [lost]),
        (finding("SC-02", VILLAGE, MONTH, page), [stated]),
        (Flag("missing", "not_received", VILLAGE, MONTH, "L03"), [PAGE]),
        (case, [CASE]),
    ):
        score = overall([run_of([flag], log)])
        assert (score.found, score.precision) == (0, (1, 1)), flag
    for flag, log in (
        (finding("SC-01", VILLAGE, "2014-04"), [lost]),
        (finding("SC-01"), [CELL]),
        (finding("SC-02", VILLAGE, MONTH, replace(page, column="deaths")), [stated]),
        (Flag("missing", "not_received", VILLAGE, MONTH, "L02"), [PAGE]),
        (replace(case, related=(Address(CASE.file, CASE.sheet, 99),)), [CASE]),
    ):
        assert overall([run_of([flag], log)]).precision == (0, 1), flag


def test_a_balance_that_breaks_after_a_month_without_report_follows_from_it() -> None:
    absent = [Flag("missing", "not_received", VILLAGE, GONE.period, "L16")]
    assert overall([run_of([*absent, finding("SC-01", VILLAGE, "2014-06")], [GONE])]).false == 0
    assert overall([run_of([*absent, finding("SC-01", VILLAGE, "2014-07")], [GONE])]).false == 1


def test_what_is_wrong_with_all_that_a_unit_sent_is_wrong_with_each_of_its_text_files() -> None:
    resent = replace(PAGE, scope="file", form="", sheet="", file="received=2014-04-02/甲/村月报表.csv")
    other = at(resent, "sheet", "sheet.period_disagrees", file="received=2014-04-02/甲/出生登记表.csv")
    assert overall([run_of([other], [resent])]).recall == (1, 1)
    elsewhere = at(resent, "sheet", "sheet.period_disagrees", file="received=2014-04-02/乙/出生登记表.csv")
    assert overall([run_of([elsewhere], [resent])]).false == 1


def test_repeated_rows_speak_of_rows_of_their_sheet_and_not_of_cells() -> None:
    said = Flag("duplicate_rows", "duplicate", VILLAGE, MONTH, "L02", (Address(BOOK, SHEET),))
    score = overall([run_of([said], [ROW])])
    assert (score.found, score.in_sheet, score.precision) == (0, 1, (1, 1))
    assert overall([run_of([said], [CELL])]).precision == (0, 1)


def test_a_row_that_stays_accepted_is_none_that_was_lost() -> None:
    wrong = finding("SC-01", VILLAGE, MONTH)
    odd = run_of([at(CELL, "cell", "row.date_order"), wrong], [CELL])
    lost = run_of([at(CELL, "cell", "row.mandatory_missing"), wrong], [CELL])
    assert (overall([odd]).false, overall([lost]).false) == (1, 0)


def test_a_household_without_head_follows_from_a_row_left_out_of_its_sheet_alone() -> None:
    gone = replace(PAGE, family="D", code="D02", expected=frozenset({"row.no_head"}))
    here = at(PAGE, "cell", "row.no_head", row=5, cell="E5")
    elsewhere = at(PAGE, "cell", "row.no_head", sheet=SHEET, row=5, cell="E5")
    other = at(PAGE, "cell", "row.two_heads", row=5, cell="E5")
    assert [overall([run_of([flag], [gone])]).false for flag in (here, elsewhere, other)] == [0, 1, 1]
