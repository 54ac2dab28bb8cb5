"""The yardstick of the money: hand-written SQL over the lake of a clean county and nothing else. Frozen.

    python -m benchmarks.plain_fees LAKE DATABASE

Two tables of the fee (collection and cohorts of decisions) as one would write them for ledgers that are known to be
complete and right: every sheet is taken as in force, every receipt as listed once and on a decision that is on file,
every cell as readable. Nothing is checked, nothing reported, no book by double entry kept.
It shares no code with the product. Do not improve it: a budget is only worth something beside a fixed measure.
"""

from __future__ import annotations

import sys

import duckdb

TABLES = ("mart_fee_collection", "mart_fee_cohorts")
FLOWS = ("assessed", "annulled", "collected", "surcharge", "surcharge_refunded", "waived", "refunded", "written_off",
         "terminated_2021", "court_applied", "court_recovered")  # fmt: skip

# Months are numbers, year * 12 + month - 1; {lake} is the folder. Collection ended everywhere on 20 August 2021, and
# the monthly surcharge of two per mille began on 1 September 2002.
LEDGERS = """
create macro no(text) as cast(substr(text, 1, 4) as integer) * 12 + cast(substr(text, 6, 2) as integer) - 1;
create macro of_day(day) as year(day) * 12 + month(day) - 1;
create macro first_day(m) as make_date(m // 12, m % 12 + 1, 1);
create macro the_end() as date '2021-08-20';
create macro whole_months(one, other) as of_day(other) - of_day(one)
    - cast(day(other) < day(one) and other <> last_day(other) as integer);
create macro ledger(form) as table
    select *, regexp_extract(filename, 'period=(.{{7}})', 1) as told_in
    from read_parquet('{lake}/' || form || '/period=[12]*/*.parquet', filename = true, hive_partitioning = false);

create table months as
select distinct no(told_in) as m from ledger('L16');

create table periods as
with spans as (
    select m, unnest(['month', 'quarter', 'half', 'year', 'fp_half', 'fp_year']) as period_type,
        unnest([1, 3, 6, 12, 6, 12]) as long, unnest([0, 0, 0, 0, 3, 3]) as ahead
    from months
)
select period_type, (m + ahead) // long * long - ahead as first, long, m
from spans
qualify count(*) over (partition by period_type, (m + ahead) // long) = long;

create table offices as
select distinct unit_code, substr(unit_code, 1, 12) as township, county_code as county
from (
    select unit_code from read_parquet('{lake}/submissions/*.parquet')
    where form in ('L08', 'L09', 'L10', 'L11', 'L12') and period <> '0000-00'
)
inner join read_parquet('{lake}/reference/divisions.parquet') on substr(unit_code, 1, 12) = division_code;

create table cases as
select case_key, township, county, decision_date as decided, court_application_date as court, amount_yuan as assessed,
    coalesce(due_date, service_date + 30) as due, waived_yuan, waived_date, written_off_yuan, written_off_date,
    case when status_code = 'annulled' then coalesce(status_date, last_day(first_day(no(told_in)))) end as annulled
from ledger('L11') inner join offices using (unit_code)
where decision_date is not null and amount_yuan <> 0
qualify row_number() over (partition by case_key order by told_in desc) = 1
    and coalesce(status_code, '') <> 'no_levy';
"""

# ``effect`` is what an entry does to the open principal of its case.
ENTRIES = """
create table entries as
with receipts as (
    select case_key, payment_date as day, amount_yuan as amount, coalesce(surcharge_yuan, 0) as extra, channel_code,
        coalesce(mark_code, 'normal') as mark
    from ledger('L12')
)
select case_key, decided as day, 'assessed' as flow, assessed as amount, assessed as effect from cases
union all
select case_key, waived_date, 'waived', waived_yuan, -waived_yuan from cases
where waived_yuan <> 0 and waived_date < the_end()
union all
select case_key, written_off_date, 'written_off', written_off_yuan, -written_off_yuan from cases
where written_off_yuan <> 0 and written_off_date < the_end()
union all
select case_key, day, 'collected', amount - extra, extra - amount from receipts
where mark = 'normal' and amount <> extra
union all
select case_key, day, 'collected', abs(extra) - abs(amount), abs(amount) - abs(extra) from receipts
where mark = 'reversal' and abs(amount) <> abs(extra)
union all
select case_key, day, 'surcharge', if(mark = 'normal', extra, -abs(extra)), 0 from receipts
where mark in ('normal', 'reversal') and extra <> 0
union all
select case_key, day, 'refunded', abs(amount) - abs(extra), abs(amount) - abs(extra) from receipts
where mark = 'refund' and abs(amount) <> abs(extra)
union all
select case_key, day, 'surcharge_refunded', abs(extra), 0 from receipts where mark = 'refund' and extra <> 0
union all
select case_key, day, 'court_recovered', if(mark = 'normal', amount, -abs(amount)), 0 from receipts
where channel_code = 'court' and mark in ('normal', 'reversal') and amount <> 0;

create table ends as
select case_key, sum(effect) filter (day < the_end()) as still_open,
    sum(amount) filter (flow in ('waived', 'written_off')) as forgone
from entries group by case_key;

insert into entries
select case_key, annulled, 'annulled', amount, -amount
from (
    select case_key, annulled, assessed - coalesce(forgone, 0)
        - if(annulled < the_end(), 0, greatest(coalesce(still_open, 0), 0)) as amount
    from cases inner join ends using (case_key) where annulled is not null
)
where amount > 0;

insert into entries
select case_key, the_end(), 'terminated_2021', sum(effect), -sum(effect)
from entries where day < the_end() and (select max(m) from months) >= of_day(the_end())
group by case_key having sum(effect) > 0;

create table days as
select case_key, day, change, sum(change) over (partition by case_key order by day) as balance
from (select case_key, day, sum(effect) as change from entries group by all);
"""

COURT = """
create table lawsuits as
select case_key, court, due from cases where court is not null;

create table accrued as
with segments as (
    select case_key, court, due, day, lead(day) over (partition by case_key order by day) as next,
        greatest(sum(change) over (partition by case_key order by day), 0) as unpaid
    from (
        select case_key, court, due, day, sum(change) as change
        from (
            select l.*, day, change from lawsuits as l inner join days using (case_key) where day < court
            union all select *, due, 0 from lawsuits where due < court
            union all select *, court, 0 from lawsuits
        )
        group by all
    )
)
select case_key, sum(cast(round(unpaid * if(day < date '2002-09-01', 0, 0.0020)
    * (whole_months(due, next) - whole_months(due, day)), 2) as decimal(14, 2))) as yuan
from segments
where day >= due and next <= court and court < the_end()
group by case_key;

insert into entries
select case_key, court, 'court_applied', greatest(principal, 0) + greatest(coalesce(yuan, 0) - coalesce(paid, 0), 0), 0
from (
    select case_key, court, sum(effect) as principal,
        sum(case flow when 'surcharge' then amount when 'surcharge_refunded' then -amount end) as paid
    from lawsuits inner join entries using (case_key)
    where day <= court
    group by all
)
left join accrued using (case_key);
"""

COLLECTION = """
create table places as
select division_code, division_level, unnest(townships) as township
from (
    select township as division_code, 'township' as division_level, [township] as townships from offices
    union
    select county, 'county', list(distinct township) from offices group by county
);

create table moved as
with monthly as (
    select township, flow, case_key, of_day(day) as m, sum(amount) as amount
    from entries inner join cases using (case_key) group by all
)
select division_code, period_type, first, {sums}
from monthly
inner join periods using (m)
inner join places using (township)
group by all;

create table stocks as
select division_code, division_level, m,
    sum(coalesce(open_cases, 0)) over so_far as outstanding_cases,
    sum(coalesce(open_yuan, 0)) over so_far as outstanding_yuan,
    sum(coalesce(due_cases, 0)) over so_far as refund_due_cases,
    sum(coalesce(due_yuan, 0)) over so_far as refund_due_yuan
from (select distinct division_code, division_level from places) cross join months
left join (
    select division_code, greatest(of_day(day), (select min(m) from months)) as m,
        sum(cast(balance > 0 as integer) - cast(balance > change as integer)) as open_cases,
        sum(greatest(balance, 0) - greatest(balance - change, 0)) as open_yuan,
        sum(cast(balance < 0 as integer) - cast(balance < change as integer)) as due_cases,
        sum(greatest(-balance, 0) - greatest(change - balance, 0)) as due_yuan
    from days inner join cases using (case_key) inner join places using (township)
    group by all
) using (division_code, m)
window so_far as (partition by division_code order by m);

create table mart_fee_collection as
select division_code, division_level, period_type, first_day(first) as period_start,
    first_day(first + long) as period_end, {told}, outstanding_cases, outstanding_yuan,
    refund_due_cases, refund_due_yuan
from (select distinct period_type, first, long from periods)
inner join stocks on m = first + long - 1
left join moved using (division_code, period_type, first);
"""

COHORTS = """
create table mart_fee_cohorts as
with years as (
    select distinct period_type, first, first + 12 as next, if(period_type = 'year', 0, 3) as ahead
    from periods where period_type in ('year', 'fp_year')
),
standing as (
    select county, period_type, first, next, case_key,
        if(of_day(decided) < next, (of_day(decided) + ahead) // 12 * 12 - ahead, null) as cohort,
        cast(of_day(decided) < next as integer) as decided_cases,
        sum(effect) as balance,
        sum(if(flow = 'assessed', amount, 0)) as assessed, sum(if(flow = 'annulled', amount, 0)) as annulled,
        sum(if(flow = 'waived', amount, 0)) as waived, sum(if(flow = 'written_off', amount, 0)) as written_off,
        sum(if(flow = 'terminated_2021', amount, 0)) as terminated,
        sum(case flow when 'collected' then amount when 'refunded' then -amount else 0 end) as received
    from entries inner join cases using (case_key) inner join years on of_day(day) < next
    where flow in ('assessed', 'annulled', 'waived', 'written_off', 'terminated_2021', 'collected', 'refunded')
    group by all
)
select county as division_code, 'county' as division_level, period_type, first_day(first) as period_start,
    first_day(next) as period_end, first_day(cohort) as cohort_start, first_day(cohort + 12) as cohort_end,
    (period_type, cohort) in (select (period_type, first) from years) and cohort is not null as is_whole,
    sum(decided_cases) as decided_cases, sum(assessed) as assessed_yuan, sum(annulled) as annulled_yuan,
    sum(waived) as waived_yuan, sum(written_off) as written_off_yuan, sum(terminated) as terminated_2021_yuan,
    sum(received) as received_yuan, sum(least(greatest(received, 0), assessed)) as collected_yuan,
    sum(cast(received > 0 and received >= assessed - annulled - waived and assessed > 0 as integer)) as paid_cases,
    sum(cast(balance > 0 as integer)) as outstanding_cases, sum(greatest(balance, 0)) as outstanding_yuan,
    sum(greatest(-balance, 0)) as refund_due_yuan
from standing
group by county, period_type, first, next, cohort
having cohort is not null or sum(received) <> 0 or sum(greatest(balance, 0)) <> 0 or sum(greatest(-balance, 0)) <> 0;
"""
SUMS = ", ".join(
    f"count(distinct case_key) filter (flow = '{flow}') as {flow}_cases, "
    f"sum(amount) filter (flow = '{flow}') as {flow}_yuan"
    for flow in FLOWS
)
TOLD = ", ".join(f"coalesce({flow}_{unit}, 0) as {flow}_{unit}" for flow in FLOWS for unit in ("cases", "yuan"))


def make(lake: str, database: str) -> None:
    """Read the lake, write the tables into a new database file."""
    with duckdb.connect(database) as connection:
        for sql in (LEDGERS.format(lake=lake), ENTRIES, COURT, COLLECTION.format(sums=SUMS, told=TOLD), COHORTS):
            connection.execute(sql)


if __name__ == "__main__":
    make(*sys.argv[1:])
