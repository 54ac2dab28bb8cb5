"""The tables of the truth: what really happened in a synthetic county, before anybody wrote it down.

Money is counted in fen (0.01 yuan) as whole numbers. Spans are half-open: ``to_day`` is the first day on which the row
no longer holds, 9999-12-31 if it holds to the end. ``village`` is a row number of ``villages`` (from 0), -1 = outside.
"""

from __future__ import annotations

import polars as pl

_DAY, _TEXT, _FEN, _ID, _SMALL, _FLAG = pl.Date(), pl.String(), pl.Int64(), pl.Int64(), pl.Int32(), pl.Boolean()

SCHEMAS: dict[str, dict[str, pl.DataType]] = {
    # One row a village and span of its code; a merged village ends and its successor begins on the same day.
    "villages": {
        "village": _SMALL,
        "division_code": _TEXT,
        "name_zh": _TEXT,
        "township_code": _TEXT,
        "township_name": _TEXT,
        "valid_from": _DAY,
        "valid_to": _DAY,
        "persons_wanted": _SMALL,
    },
    # share: of the predecessor's people that live on in the successor.
    "lineage": {"old_village": _SMALL, "new_village": _SMALL, "effective_day": _DAY, "share": pl.Float64()},
    # sex: male, female. id_no: the 18 characters once given, NULL until id_day. mother/father: -1 unknown.
    "persons": {
        "person": _ID,
        "sex": _TEXT,
        "born": _DAY,
        "name": _TEXT,
        "id_no": _TEXT,
        "id_day": _DAY,
        "mother": _ID,
        "father": _ID,
        "hukou_type": _TEXT,
        "died": _DAY,
    },
    # The hukou register: one row a person, household and span. entry: initial birth move merger household;
    # exit: open death move merger household.
    "residences": {
        "person": _ID,
        "household": _ID,
        "village": _SMALL,
        "from_day": _DAY,
        "to_day": _DAY,
        "entry": _TEXT,
        "exit": _TEXT,
    },
    # end: open, death, divorce. wife_order and husband_order: first, again.
    "unions": {
        "wife": _ID,
        "husband": _ID,
        "from_day": _DAY,
        "to_day": _DAY,
        "end": _TEXT,
        "wife_order": _TEXT,
        "husband_order": _TEXT,
    },
    # kind: birth death move_in move_out marriage divorce. person: the child, the dead, the mover, the wife.
    # partner: the mother of a birth, the husband of a marriage or divorce, else -1. village: where it counts on its day
    # (mother's, deceased's, mover's, for a marriage the couple's home). other_village: far end of a move within the
    # county, -1 if it lies outside (then other_place: county province country). cause of a move: marriage work study
    # family army housing other. birth_order: 1 for the mother's first, NULL unless a birth. link: the other half of an
    # internal move, -1 else. Rows in the order of day, event.
    "events": {
        "event": _ID,
        "kind": _TEXT,
        "day": _DAY,
        "person": _ID,
        "partner": _ID,
        "village": _SMALL,
        "other_village": _SMALL,
        "other_place": _TEXT,
        "cause": _TEXT,
        "birth_order": _SMALL,
        "link": _ID,
    },
    # Stays of people away from their hukou village. flow: in (hukou elsewhere, lives here), out (hukou here, lives
    # elsewhere). place: township county province country (how far apart both places lie: other township, other county,
    # other province, abroad). person: -1 for flow in, whose people are counted only.
    "floats": {
        "float": _ID,
        "flow": _TEXT,
        "person": _ID,
        "sex": _TEXT,
        "born": _DAY,
        "village": _SMALL,
        "place": _TEXT,
        "reason": _TEXT,
        "from_day": _DAY,
        "to_day": _DAY,
    },
    # What the village's own book says of an event: in which village and month (month number) it is reported.
    "reports": {"event": _ID, "record_village": _SMALL, "reported_month": _SMALL},
    # fact_class: extra_birth early_birth. multiple in hundredths. status by the dates; planted: the check that this
    # case breaks on purpose (AC-01 ...), NULL for a lawful case.
    "fee_cases": {
        "case": _ID,
        "case_no": _TEXT,
        "township_code": _TEXT,
        "village": _SMALL,
        "child": _ID,
        "fact_class": _TEXT,
        "birth_day": _DAY,
        "file_day": _DAY,
        "decision_day": _DAY,
        "decision_no": _TEXT,
        "body": _TEXT,
        "is_delegated": _FLAG,
        "party_count": _SMALL,
        "service_day": _DAY,
        "due_day": _DAY,
        "base_year": _SMALL,
        "base_income_fen": _FEN,
        "multiple_hundredths": _SMALL,
        "amount_fen": _FEN,
        "instalment_request_day": _DAY,
        "instalment_approval_day": _DAY,
        "instalments": _SMALL,
        "review_day": _DAY,
        "court_application_day": _DAY,
        "court_ruling_day": _DAY,
        "annulled_day": _DAY,
        "waived_fen": _FEN,
        "waived_day": _DAY,
        "written_off_fen": _FEN,
        "written_off_day": _DAY,
        "terminated_day": _DAY,
        "no_levy_day": _DAY,
        "planted": _TEXT,
    },
    # One row a receipt. mark: normal void reversal refund. channel: bank cash transfer court. payer: party unit staff
    # unknown. principal and surcharge are positive for money received; a reversal or refund is negative.
    "fee_receipts": {
        "receipt": _ID,
        "case": _ID,
        "township_code": _TEXT,
        "receipt_no": _TEXT,
        "batch": _TEXT,
        "day": _DAY,
        "principal_fen": _FEN,
        "surcharge_fen": _FEN,
        "channel": _TEXT,
        "payer": _TEXT,
        "instalment_no": _SMALL,
        "mark": _TEXT,
        "entry_day": _DAY,
        "planted": _TEXT,
    },
    # direction: remitted (office to treasury), returned (treasury to office). for_month: month number.
    "treasury": {
        "slip": _ID,
        "slip_no": _TEXT,
        "township_code": _TEXT,
        "direction": _TEXT,
        "day": _DAY,
        "for_month": _SMALL,
        "subject": _TEXT,
        "amount_fen": _FEN,
        "planted": _TEXT,
    },
    # One row a batch of receipts that an office drew. used, void, left: at the end of the span of months.
    "receipt_stock": {
        "township_code": _TEXT,
        "batch": _TEXT,
        "first_no": _TEXT,
        "last_no": _TEXT,
        "drawn_day": _DAY,
        "used": _SMALL,
        "void": _SMALL,
        "left": _SMALL,
        "cleared_day": _DAY,
    },
    # One campaign day of one service: NULL where the service is not counted in that measure. service_code as in
    # seeds/reference/services.csv.
    "services": {
        "township_code": _TEXT,
        "service_code": _TEXT,
        "day": _DAY,
        "couples": _SMALL,
        "persons": _SMALL,
        "contacts": _SMALL,
        "annual_target": _SMALL,
        "funds_fen": _FEN,
    },
    # One service due to one client, or given without being due. client: a code that belongs to nobody. day: NULL if it
    # was never given. resident_type: hukou floating.
    "service_log": {
        "township_code": _TEXT,
        "client": _TEXT,
        "resident_type": _TEXT,
        "service_code": _TEXT,
        "due_day": _DAY,
        "day": _DAY,
    },
    # One supply of a township and month, in its measure (box strip); day lies in the month. counted: what lay there at
    # its end, NULL if nobody counted. contacts: times that something was handed out.
    "supplies": {
        "township_code": _TEXT,
        "day": _DAY,
        "item_code": _TEXT,
        "measure": _TEXT,
        "opening": _SMALL,
        "received": _SMALL,
        "issued": _SMALL,
        "lost": _SMALL,
        "closing": _SMALL,
        "counted": _SMALL,
        "contacts": _SMALL,
    },
    # Technical services (operation consultation) of a township, with or without a record of informed choice.
    "technical_services": {
        "township_code": _TEXT,
        "day": _DAY,
        "service_code": _TEXT,
        "cases": _SMALL,
        "has_consent": _FLAG,
    },
    # One beneficiary, programme and year. programme: jf tf_d tf_s dz ns bx ws yl.
    "benefits": {
        "benefit": _ID,
        "programme": _TEXT,
        "year": _SMALL,
        "township_code": _TEXT,
        "person": _ID,
        "applied_day": _DAY,
        "posted_from": _DAY,
        "posted_to": _DAY,
        "confirmed_day": _DAY,
        "from_month": _SMALL,
        "to_month": _SMALL,
        "end_reason": _TEXT,
        "standard_fen": _FEN,
        "due_fen": _FEN,
        "paid_fen": _FEN,
        "due_day": _DAY,
        "paid_day": _DAY,
        "holder_is_beneficiary": _FLAG,
        "planted": _TEXT,
    },
    "appropriations": {
        "township_code": _TEXT,
        "programme": _TEXT,
        "year": _SMALL,
        "received_fen": _FEN,
        "paid_fen": _FEN,
        "returned_fen": _FEN,
        "balance_fen": _FEN,
        "planted": _TEXT,
    },
    # direction: at_least, at_most.
    "targets": {
        "township_code": _TEXT,
        "year": _SMALL,
        "indicator_code": _TEXT,
        "direction": _TEXT,
        "value": pl.Float64(),
        "unit": _TEXT,
        "weight": _SMALL,
        "signed_day": _DAY,
        "planted": _TEXT,
    },
    "inspections": {
        "township_code": _TEXT,
        "round": _SMALL,
        "planned_day": _DAY,
        "held_day": _DAY,
        "subject": _TEXT,
        "findings": _SMALL,
        "mend_by_day": _DAY,
        "mended_day": _DAY,
    },
    "funding": {
        "year": _SMALL,
        "source": _TEXT,
        "subject": _TEXT,
        "budget_fen": _FEN,
        "spent_fen": _FEN,
        "revenue_growth_hundredths": _SMALL,
        "planted": _TEXT,
    },
    "disclosures": {
        "township_code": _TEXT,
        "item": _TEXT,
        "due_day": _DAY,
        "published_day": _DAY,
        "objections": _SMALL,
    },
}
