"""A lake of the size of a prefecture: the lake of a small clean county with far more cases, receipts or contacts in it.

    python -m benchmarks.large_lake --home HOME --out LARGE --subject fees|services [--rows N] [--seed S]

Writes LARGE/lake without any workbook: every form is that of HOME, but L11 and L12 (N receipts on N / 10 cases,
2 million unless told) or L08 (N contacts, 5 million) are new, in the very columns and folders of the reader and under
the submissions that the register already has. The months and the offices are those of HOME. What is made is lawful: no
case is paid twice, a surcharge is owed for a whole month, every due service has one day. The same seed makes the same
rows.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

ROWS = {"fees": 2_000_000, "services": 5_000_000}
FORMS = {"fees": ("L11", "L12"), "services": ("L08",)}
# Slips and transfers of the small county would contradict the receipts of the large one.
FORMS_LEFT_OUT = {"fees": ("L13", "L14", "L15"), "services": ()}
_RECEIPTS_A_CASE = 10
_CONTACTS_A_PERSON = 8

SHEETS = """
create macro draw(what, number, below) as
    cast(md5_number_lower({seed} || ':' || what || ':' || number) % below as integer);
create macro later(day, days) as day + cast(days as integer);
create macro key_of(what, number) as md5({seed} || ':' || what || ':' || number);

create table register as
from read_parquet('{lake}/submissions/*.parquet', union_by_name = true) where form not in ({left_out});

create table sheets as
select *, dense_rank() over (order by unit_code) - 1 as office
from register where form in ({forms}) and status in ('accepted', 'partial');

create table bounds as
select cast(min(period) || '-01' as date) as first_day, last_day(cast(max(period) || '-01' as date)) as last_day,
    count(distinct unit_code) as offices
from sheets;
"""

# One case in ten pays its last part a month late, one in thirty is brought to court, some are waived or annulled.
FEES = """
create table cases as
with begun as (
    select i, key_of('case', i) as case_key, i % offices as office, 1 + draw('parts', i, {parts} * 2 - 1) as parts,
        draw('rest', i, 3) as rest, first_day, last_day,
        later(first_day, draw('decided', i, 730 + datediff('day', first_day, last_day) - 60) - 730) as decided,
        cast(12000 + 400 * draw('income', i, 50) as decimal(14, 2)) as income,
        cast(2 + draw('multiple', i, 21) / 20 as decimal(8, 2)) as multiple
    from range({rows} // {parts}) as numbers (i) cross join bounds
),
planned as (
    select *, cast(income * multiple as decimal(14, 2)) as amount, greatest(decided + 6, first_day) as since,
        datediff('day', greatest(decided + 6, first_day), last_day - 1) // parts as gap
    from begun
),
paying as (
    select *, cast(floor(amount / (parts + rest)) as decimal(14, 2)) as part, later(since, parts * gap) as last_paid,
        gap > 32 and draw('late', i, 10) = 0 as is_late
    from planned
)
select *, if(is_late, cast(last_paid - interval 1 month as date), later(last_paid, 30 * rest)) as due,
    amount - part * (parts - 1) as last_open,
    case when rest > 0 and is_late and draw('court', i, 3) = 0 then 'court'
        when rest > 0 and draw('waived', i, 50) = 0 then 'waived'
        when draw('annulled', i, 400) = 0 then 'annulled' when rest = 0 then 'paid' end as fate
from paying;

create table parts as
select case_key, office, k, later(since, gap * k) as paid_on, if(k = parts and rest = 0, last_open, part) as principal,
    if(k = parts and is_late, cast(round(last_open * 0.002, 2) as decimal(14, 2)), 0) as surcharge,
    parts > 1 as in_parts
from (select *, unnest(range(1, parts + 1)) as k from cases);

create table listed as
select *, strftime(greatest(decided, first_day), '%Y-%m') as period, false as is_last from cases
union all
select *, strftime(last_day, '%Y-%m'), true from cases where fate is not null;

insert into L11 by name
select {row_id}, submission_id, batch_id, unit_code, case_key, 2 as party_count, 'extra_birth' as fact_class,
    decided - 200 as birth_date, decided - 40 as file_date, decided as decision_date, decided + 3 as service_date,
    year(decided) - 1 as base_year, income as base_income_yuan, multiple, amount as amount_yuan, due as due_date,
    if(parts > 1, decided + 4, null) as instalment_request_date, if(parts > 1, decided + 6, null)
        as instalment_approval_date, if(parts > 1, parts, null) as instalment_plan,
    if(is_last and fate = 'court', last_paid + 1, null) as court_application_date,
    if(is_last and fate = 'waived', amount - part * parts, null) as waived_yuan,
    if(is_last and fate = 'waived', last_paid, null) as waived_date,
    case when is_last and fate in ('paid', 'waived') then 'closed' when is_last and fate = 'annulled' then 'annulled'
        else 'collecting' end as status_code,
    if(is_last, last_day, decided) as status_date, i % 2 = 0 as is_delegated, 'county' as body_code
from listed inner join (from sheets where form = 'L11') using (office, period);

insert into L12 by name
select {row_id}, submission_id, batch_id, unit_code, case_key,
    lpad(cast(row_number() over (order by case_key, k) as varchar), 12, '0') as receipt_no, paid_on as payment_date,
    principal + surcharge as amount_yuan, surcharge as surcharge_yuan, 'bank' as channel_code,
    unit_code as issuing_unit, 'party' as payer_type, if(in_parts, k, null) as instalment_no, 'normal' as mark_code,
    paid_on as entry_date
from (select *, strftime(paid_on, '%Y-%m') as period from parts)
inner join (from sheets where form = 'L12') using (office, period);
"""

SERVICES = """
create table contacts as
with people as (
    select i, key_of('person', i) as service_key, i % offices as office, draw('resident', i, 8) = 0 as is_floating,
        later(first_day, draw('begins', i, datediff('day', first_day, last_day) - 60)) as since, last_day
    from range({rows} // {parts}) as numbers (i) cross join bounds
),
visits as (
    select *, unnest(range({parts})) as k, unnest(['antenatal_booking', 'early_followup', 'antenatal_check',
        'antenatal_check', 'antenatal_check', 'antenatal_check', 'postnatal_visit', 'outcome_followup']) as service_code
    from people
)
select *, later(since, k * (datediff('day', since, last_day) // {parts})) as day,
    k = 0 or draw('done', i * {parts} + k, 20) > 0 as is_done, draw('late', i * {parts} + k, 10) = 0 as is_late
from visits;

insert into L08 by name
select {row_id}, submission_id, batch_id, unit_code, service_key, service_code, if(is_done, day, null) as service_date,
    if(k = 0, null, if(is_done and is_late, day - 3, day)) as due_date, is_done,
    if(is_floating, 'floating', 'hukou') as resident_type, 'public' as funding_code,
    if(is_done, 0.00, null) as amount_yuan, 'missing' as id_status
from (select *, strftime(day, '%Y-%m') as period from contacts)
inner join sheets using (office, period);
"""
_ROW_ID = (
    "substr(file_sha256, 1, 16) || ':' || sheet_no || ':' "
    "|| (row_number() over (partition by submission_id order by {order}) + 4) as row_id"
)


def make(small: Path, large: Path, subject: str, rows: int, seed: int) -> None:
    """Write the lake of ``large``, which must not be there yet.

    Raises:
        FileExistsError: there is a lake already.
    """
    large.mkdir(parents=True)
    for folder in small.iterdir():
        if folder.name not in (*FORMS[subject], "submissions"):
            (large / folder.name).symlink_to(folder.resolve())
    with duckdb.connect() as made:
        names = {which: ", ".join(f"'{form}'" for form in forms[subject]) or "''"
                 for which, forms in (("forms", FORMS), ("left_out", FORMS_LEFT_OUT))}  # fmt: skip
        made.execute(SHEETS.format(lake=small, seed=seed, **names))
        for form in FORMS[subject]:
            empty = f"'{small}/{form}/period=0000-00/schema.parquet', hive_partitioning = false"
            made.execute(f"create table {form} as from read_parquet({empty})")
        if subject == "fees":
            made.execute(FEES.format(rows=rows, parts=_RECEIPTS_A_CASE, row_id=_ROW_ID.format(order="case_key")))
        else:
            made.execute(
                SERVICES.format(rows=rows, parts=_CONTACTS_A_PERSON, row_id=_ROW_ID.format(order="service_key, k"))
            )
        for form in FORMS[subject]:
            _write_form(made, small, large, form)
        (large / "submissions").mkdir()
        made.execute(f"copy register to '{large}/submissions/b000001.parquet' (format parquet)")


def _write_form(made: duckdb.DuckDBPyConnection, small: Path, large: Path, form: str) -> None:
    """The files of a form by month, and in the register how many rows its sheets have now."""
    empty = "period=0000-00"
    (large / form / empty).mkdir(parents=True)
    (large / form / empty / "schema.parquet").symlink_to((small / form / empty / "schema.parquet").resolve())
    periods = made.execute(f"select distinct period, batch_id from sheets where form = '{form}'").fetchall()
    for period, batch in periods:
        folder = large / form / f"period={period}"
        folder.mkdir(exist_ok=True)
        ids = f"select submission_id from sheets where form = '{form}' and period = '{period}' and batch_id = '{batch}'"
        rows = f"select * from {form} where submission_id in ({ids}) order by row_id"
        made.execute(f"copy ({rows}) to '{folder}/{batch}.parquet' (format parquet)")
    made.execute(
        f"""
        update register set accepted = n, rows_seen = n + non_data
        from (select submission_id, count({form}.row_id) as n from sheets left join {form} using (submission_id)
              where form = '{form}' group by all) as counted
        where register.submission_id = counted.submission_id
        """
    )
    made.execute(f"drop table {form}")


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large_lake")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--subject", choices=tuple(FORMS), required=True)
    parser.add_argument("--rows", type=int)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    asked = read_arguments()
    make(asked.home / "lake", asked.out / "lake", asked.subject, asked.rows or ROWS[asked.subject], asked.seed)
