"""The yardstick of services: hand-written SQL over the lake of a clean county and nothing else. Frozen.

    python -m benchmarks.plain_services LAKE DATABASE

The coverage of services, of campaigns (L10) and of the log of contacts (L08), as one would write it for ledgers that
are known to be complete and right: every sheet is taken as in force and told, every day and key as readable. Nothing is
checked or reported. Who was eligible is a figure of other subjects and left out.
It shares no code with the product. Do not improve it: a budget is only worth something beside a fixed measure.
"""

from __future__ import annotations

import sys

import duckdb

TABLES = ("mart_service_coverage",)

# Months are numbers, year * 12 + month - 1; {lake} is the folder.
LEDGERS = """
create macro no(text) as cast(substr(text, 1, 4) as integer) * 12 + cast(substr(text, 6, 2) as integer) - 1;
create macro of_day(day) as year(day) * 12 + month(day) - 1;
create macro first_day(m) as make_date(m // 12, m % 12 + 1, 1);
create macro ledger(form) as table
    select *, regexp_extract(filename, 'period=(.{{7}})', 1) as told_in
    from read_parquet('{lake}/' || form || '/period=[12]*/*.parquet', filename = true, hive_partitioning = false);

create table periods as
with months as (
    select distinct no(told_in) as m from ledger('L16')
),
spans as (
    select m, unnest(['month', 'quarter', 'half', 'year', 'fp_half', 'fp_year']) as period_type,
        unnest([1, 3, 6, 12, 6, 12]) as long, unnest([0, 0, 0, 0, 3, 3]) as ahead
    from months
)
select period_type, (m + ahead) // long * long - ahead as first, long, m
from spans
qualify count(*) over (partition by period_type, (m + ahead) // long) = long;

create table places as
with offices as (
    select distinct form, division_code as township, county_code as county
    from read_parquet('{lake}/submissions/*.parquet')
    inner join read_parquet('{lake}/reference/divisions.parquet') on substr(unit_code, 1, 12) = division_code
    where form in ('L08', 'L10') and period <> '0000-00'
)
select form, township as division_code, 'township' as division_level, township, 1 as townships from offices
union all
select form, county, 'county', township, count(*) over (partition by form, county) from offices;

create table services as
select unnest(['premarital_check', 'down_screening', 'folic_acid', 'preconception_check', 'antenatal_booking',
        'antenatal_check', 'postnatal_visit', 'early_followup', 'outcome_followup']) as service,
    unnest(['couples', 'persons', 'persons', 'couples', '', '', '', '', '']) as measure_unit,
    unnest(['couples_wed', 'service_antenatal_booking_served', null, null, null, null, 'births_occ', null, null])
        as eligible_source,
    unnest(['L10', 'L10', 'L10', 'L10', 'L08', 'L08', 'L08', 'L08', 'L08']) as form;
"""

CAMPAIGNS = """
create table given as
select substr(unit_code, 1, 12) as township, service, of_day(service_date) as m,
    sum(if(measure_unit = 'couples', couples, persons)) as served
from ledger('L10') inner join services on service_code = service and form = 'L10'
group by all;

create table targets as
select division_code, service, no(told_in) // 12 as year, sum(annual_target) as target
from (
    select substr(unit_code, 1, 12) as township, *
    from ledger('L10')
    where annual_target is not null
    qualify row_number() over (partition by unit_code, service_code, told_in[:4] order by told_in desc, row_id desc) = 1
)
inner join services on service_code = service and form = 'L10'
inner join places using (form, township)
group by all;

create table campaigns as
select division_code, division_level, period_type, first, long, service, measure_unit, eligible_source,
    townships * long as months, coalesce(sum(served), 0) as served
from (select distinct service from given)
inner join services using (service)
inner join places using (form)
cross join periods
left join given using (township, service, m)
group by all;
"""

LOG = """
create table log as
select substr(unit_code, 1, 12) as township, service, coalesce(service_key, served_person_key) as person, due_date,
    if(coalesce(is_done, service_date is not null), service_date, null) as day,
    coalesce(resident_type = 'floating', false) as is_floating
from ledger('L08') inner join services on service_code = service and form = 'L08';

create table contacts as
select township, service, person, of_day(day) as m, count(distinct day) as contacts, bool_and(is_floating) as floats
from log where day is not null and person is not null
group by all;

create table figures as
select township, service, m, sum(contacts) as contacts, sum(unidentified) as unidentified, sum(due) as due,
    sum(done) as done, sum(done_in_window) as done_in_window
from (
    select township, service, m, sum(contacts) as contacts, 0 as unidentified, 0 as due, 0 as done, 0 as done_in_window
    from contacts group by all
    union all
    select township, service, of_day(day), count(*), count(*), 0, 0, 0
    from log where day is not null and person is null group by all
    union all
    select township, service, of_day(due_date), 0, 0, count(*), sum(cast(is_done as integer)),
        sum(cast(is_timely as integer))
    from (
        select township, service, due_date, bool_or(day is not null) as is_done,
            coalesce(bool_or(day <= due_date), false) as is_timely
        from log where due_date is not null
        group by township, service, person, due_date
    )
    group by all
)
group by all;

create table counted as
select division_code, division_level, period_type, first, long, service, eligible_source, townships * long as months,
    coalesce(sum(contacts), 0) as contacts, coalesce(sum(unidentified), 0) as unidentified,
    coalesce(sum(due), 0) as due, coalesce(sum(done), 0) as done, coalesce(sum(done_in_window), 0) as done_in_window
from (select distinct service from log)
inner join services using (service)
inner join places using (form)
cross join periods
left join figures using (township, service, m)
group by all;

create table persons as
select division_code, service, period_type, first, count(distinct person) as persons,
    count(distinct person) filter (not floats) as hukou_persons
from contacts
inner join places on contacts.township = places.township and form = 'L08'
inner join periods using (m)
group by all;
"""

COVERAGE = """
create table mart_service_coverage as
with united as (
    select division_code, division_level, period_type, first, long, service, measure_unit, eligible_source, months,
        if(period_type like 'fp%', null, first // 12) as year, served,
        if(eligible_source is null, null, served) as served_of_eligible, null as unidentified, null as due,
        null as done, null as done_in_window
    from campaigns
    union all
    select division_code, division_level, period_type, first, long, service, 'contacts', null, months, null, contacts,
        null, unidentified, due, done, done_in_window
    from counted
    union all
    select division_code, division_level, period_type, first, long, service, 'persons', eligible_source, months,
        null, coalesce(persons, 0), if(eligible_source is null, null, coalesce(hukou_persons, 0)), unidentified, null,
        null, null
    from counted left join persons using (division_code, service, period_type, first)
)
select division_code, division_level, period_type, first_day(first) as period_start,
    first_day(first + long) as period_end, service, measure_unit, target, eligible_source, served, served_of_eligible,
    unidentified, due, done, done_in_window, months as months_told, months as months_in_period
from united
left join targets using (division_code, service, year);
"""


def make(lake: str, database: str) -> None:
    """Read the lake, write the table into a new database file."""
    with duckdb.connect(database) as connection:
        for sql in (LEDGERS.format(lake=lake), CAMPAIGNS, LOG, COVERAGE):
            connection.execute(sql)


if __name__ == "__main__":
    make(*sys.argv[1:])
