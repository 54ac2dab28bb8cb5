"""The yardstick of the transform: hand-written SQL over the lake of a clean county and nothing else. Frozen.

    python -m benchmarks.plain_transform LAKE DATABASE

Four tables of the population (balance, structure, vital events, migration) as one would write them for ledgers that
are known to be complete and right: every sheet is taken as in force, every register as told, every place as readable.
Nothing is checked, nothing reported, no other reading of a rule is possible.
It shares no code with the product. Do not improve it: a budget is only worth something beside a fixed measure.
"""

from __future__ import annotations

import sys

import duckdb

TABLES = ("mart_population_balance", "mart_population_structure", "mart_vital_events", "mart_migration")

# Months are numbers, year * 12 + month - 1; {lake} is the folder.
LEDGERS = """
create macro no(text) as cast(substr(text, 1, 4) as integer) * 12 + cast(substr(text, 6, 2) as integer) - 1;
create macro of_day(day) as year(day) * 12 + month(day) - 1;
create macro first_day(m) as make_date(m // 12, m % 12 + 1, 1);
create macro ledger(form) as table
    select *, regexp_extract(filename, 'period=(.{{7}})', 1) as told_in
    from read_parquet('{lake}/' || form || '/period=[12]*/*.parquet', filename = true, hive_partitioning = false);

create table reports as
select unit_code as village, no(told_in) as m, opening, closing from ledger('L16');

create table births as
select unit_code as village, no(told_in) as told, of_day(birth_date) as happened, sex,
    coalesce(birth_event_type, 'birth') = 'adoption' as is_adopted
from ledger('L02');

create table deaths as
select unit_code as village, no(told_in) as told, of_day(death_date) as happened, sex, no(birth_month) as born
from ledger('L03');

create table moves as
select unit_code as village, no(told_in) as told, of_day(move_date) as happened, direction, sex,
    no(birth_month) as born, other_division as place
from ledger('L05');

create table levels as
select division_code as village, unnest([division_code, parent_code, county_code]) as division_code,
    unnest(['village', 'township', 'county']) as division_level,
    case when valid_from = min(valid_from) over () then 0 else of_day(valid_from) end as starts,
    of_day(valid_to) as ends
from read_parquet('{lake}/reference/divisions.parquet')
where division_level = 'village';

create table months as
select m, first_day(m) as month_start, first_day(m + 1) as month_end, first_day(m + 1) - first_day(m) as days
from (select distinct m from reports);

create table periods as
with spans as (
    select m, unnest(['month', 'quarter', 'half', 'year', 'fp_half', 'fp_year']) as period_type,
        unnest([1, 3, 6, 12, 6, 12]) as long, unnest([0, 0, 0, 0, 3, 3]) as ahead
    from months
)
select period_type, (m + ahead) // long * long - ahead as first, long, ahead, m
from spans
qualify count(*) over (partition by period_type, (m + ahead) // long) = long;
"""

BALANCE = """
create table events as
select village, told, happened, case when is_adopted then 'adjustment' else 'births' end as kind, count(*) as n
from births group by all
union all select village, told, happened, 'deaths', count(*) from deaths group by all
union all select village, told, happened, 'moved_' || direction, count(*) from moves group by all;

create table openings as
select village, min(m) as first, arg_min(opening, m) as opening from reports group by village;

create table stocks as
with flows as (
    select village, basis, m,
        sum(n) filter (kind = 'births') as births, sum(n) filter (kind = 'deaths') as deaths,
        sum(n) filter (kind = 'moved_in') as moved_in, sum(n) filter (kind = 'moved_out') as moved_out,
        sum(n) filter (kind = 'adjustment') as adjustment
    from (
        select village, kind, n, 'reported' as basis, told as m from events
        union all
        select village, kind, n, 'occurred', case when kind = 'adjustment' then told else happened end from events
    )
    group by all
),
every as (
    select o.village, b.basis, months.m, o.opening as start,
        coalesce(births, 0) as births, coalesce(deaths, 0) as deaths, coalesce(moved_in, 0) as moved_in,
        coalesce(moved_out, 0) as moved_out, coalesce(adjustment, 0) as adjustment
    from openings as o cross join (values ('reported'), ('occurred')) as b (basis)
    inner join months on months.m >= o.first
    left join flows on flows.village = o.village and flows.basis = b.basis and flows.m = months.m
)
select *, start + sum(births - deaths + moved_in - moved_out + adjustment)
    over (partition by village, basis order by m) as closing
from every;

create table far as
select village, basis, m, direction, count(*) as moves,
    count(*) filter (not other_township) as in_township,
    count(*) filter (other_township and not other_county) as in_other_township,
    count(*) filter (not other_county) as in_county,
    count(*) filter (other_county and not other_province) as in_province,
    count(*) filter (other_province) as beyond
from (
    select village, direction, unnest(['reported', 'occurred']) as basis, unnest([told, happened]) as m,
        case when place in ('village', 'township', 'county', 'province', 'country') then place <> 'village'
            else substr(place, 1, 9) <> substr(village, 1, 9) end as other_township,
        case when place in ('village', 'township') then false when place in ('county', 'province', 'country')
            then true else substr(place, 1, 6) <> substr(village, 1, 6) end as other_county,
        case when place in ('province', 'country') then true when place in ('village', 'township', 'county')
            then false else substr(place, 1, 2) <> substr(village, 1, 2) end as other_province
    from moves
)
group by all;

create table netted as
select l.division_code, f.basis, f.m, least(
    sum(case when direction = 'in' then case division_level when 'township' then in_township else in_county end end),
    sum(case when direction = 'out' then case division_level when 'township' then in_township else in_county end end)
) as n
from far as f
inner join levels as l on f.village = l.village and f.m >= l.starts and f.m < l.ends
inner join openings as o on f.village = o.village and f.m >= o.first
where l.division_level <> 'village' and f.m in (select m from months)
group by all;

create table mart_population_balance as
select s.division_code, s.division_level, 'month' as period_type, month_start as period_start,
    month_end as period_end, 'hukou' as pop_concept, s.basis, opening, births, deaths,
    moved_in - coalesce(n, 0) as moved_in, moved_out - coalesce(n, 0) as moved_out, adjustment, closing,
    reported_closing, reported_closing - closing as residual
from (
    select l.division_code, l.division_level, s.basis, s.m,
        sum(s.closing - births + deaths - moved_in + moved_out - adjustment) as opening, sum(births) as births,
        sum(deaths) as deaths, sum(moved_in) as moved_in, sum(moved_out) as moved_out, sum(adjustment) as adjustment,
        sum(s.closing) as closing, sum(case when s.basis = 'reported' then r.closing end) as reported_closing
    from stocks as s
    inner join levels as l on s.village = l.village and s.m >= l.starts and s.m < l.ends
    left join reports as r on s.village = r.village and s.m = r.m
    group by all
) as s
inner join months on s.m = months.m
left join netted on s.division_code = netted.division_code and s.basis = netted.basis and s.m = netted.m;
"""

STRUCTURE = """
create table cohorts as
with changes as (
    select village, told, case when is_adopted then told else happened end as m, sex, happened as born, 1 as n
    from births
    union all select village, told, happened, sex, born, -1 from deaths
    union all select village, told, happened, sex, born, case direction when 'in' then 1 else -1 end from moves
)
select village, m, sex, born, sum(n) as n
from (
    select r.unit_code as village, o.first as m, r.sex, no(r.birth_month) as born, count(*) as n
    from ledger('L01') as r inner join openings as o on r.unit_code = o.village and no(r.told_in) = o.first
    group by all
    union all
    select c.village, o.first, c.sex, c.born, -sum(c.n)
    from changes as c inner join openings as o on c.village = o.village and c.told = o.first group by all
    union all
    select c.village, c.m, c.sex, c.born, sum(c.n)
    from changes as c inner join openings as o on c.village = o.village and c.m >= o.first group by all
)
group by all;

create table mart_population_structure as
with ends as (
    select period_type, first, max(m) as last from periods where period_type in ('year', 'fp_year') group by all
),
placed as (
    select l.division_code, l.division_level, e.period_type, e.first, e.last, c.sex, c.born, sum(c.n) as n
    from ends as e
    inner join levels as l on e.last >= l.starts and e.last < l.ends and l.division_level <> 'village'
    inner join cohorts as c on c.village = l.village and c.m <= e.last
    group by all
)
select division_code, division_level, period_type, first_day(first) as period_start,
    first_day(last + 1) as period_end, 'hukou' as pop_concept, sex,
    case when born is null then 'unknown' when last - born >= 1020 then '85+'
        else (last - born) // 60 * 5 || '-' || (last - born) // 60 * 5 + 4 end as age_group,
    sum(n) as persons
from placed
group by all
having sum(n) <> 0;
"""

VITAL = """
create table couples as
select l.division_code, of_day(event_date) as m, count(distinct (husband_key, wife_key, event_date)) as marriages
from ledger('L04')
inner join levels as l
    on unit_code = l.village and of_day(event_date) >= l.starts and of_day(event_date) < l.ends
where event = 'marriage'
group by all;

create table born as
select village, m, sum(occ) as births_occ, sum(rep) as births_rep, sum(prev_civil) as prev_civil,
    sum(prev_fp) as prev_fp
from (
    select village, happened as m, 1 as occ, 0 as rep, 0 as prev_civil, 0 as prev_fp from births where not is_adopted
    union all
    select village, told, 0, 1, cast(happened < told // 12 * 12 as integer),
        cast(happened < (told + 3) // 12 * 12 - 3 as integer)
    from births where not is_adopted
)
group by all;

create table mart_vital_events as
with monthly as (
    select l.division_code, l.division_level, s.m, coalesce(sum(b.births_occ), 0) as births_occ,
        coalesce(sum(b.births_rep), 0) as births_rep, coalesce(sum(b.prev_civil), 0) as prev_civil,
        coalesce(sum(b.prev_fp), 0) as prev_fp, sum(s.deaths) as deaths,
        sum((2 * s.closing - s.births + s.deaths - s.moved_in + s.moved_out - s.adjustment) * months.days) as days_x2
    from stocks as s
    inner join months on s.m = months.m
    inner join levels as l on s.village = l.village and s.m >= l.starts and s.m < l.ends
    left join born as b on s.village = b.village and s.m = b.m
    where s.basis = 'occurred'
    group by all
)
select monthly.division_code, division_level, period_type, first_day(first) as period_start,
    first_day(first + long) as period_end, sum(births_occ) as births_occ, sum(births_rep) as births_rep,
    sum(case when ahead = 0 then prev_civil else prev_fp end) as births_prev_unreported, sum(deaths) as deaths,
    coalesce(sum(marriages), 0) as marriages, sum(days_x2) as person_days_x2
from monthly
inner join periods on monthly.m = periods.m
left join couples on monthly.division_code = couples.division_code and monthly.m = couples.m
group by all;
"""

MIGRATION = """
create table mart_migration as
with monthly as (
    select l.division_code, l.division_level, s.m, d.direction,
        sum(case d.direction when 'in' then s.moved_in else s.moved_out end) as moves,
        {sums}
    from stocks as s
    cross join (values ('in'), ('out')) as d (direction)
    inner join levels as l on s.village = l.village and s.m >= l.starts and s.m < l.ends
    left join far as f
        on f.village = s.village and f.basis = 'occurred' and f.m = s.m and f.direction = d.direction
    where s.basis = 'occurred'
    group by all
),
scoped as (
    select monthly.*, coalesce(n, 0) as inside
    from monthly
    left join netted as x on x.division_code = monthly.division_code and x.basis = 'occurred' and x.m = monthly.m
),
wide as (
    select division_code, division_level, period_type, first, long, direction, sum(moves - inside) as moves,
        sum(case division_level when 'village' then in_township when 'township' then in_township - inside end)
            as township,
        sum(case division_level when 'county' then in_county - inside else in_other_township end) as county,
        sum(in_province) as province, sum(beyond) as other
    from scoped inner join periods on scoped.m = periods.m
    group by all
)
select division_code, division_level, period_type, first_day(first) as period_start,
    first_day(first + long) as period_end, 'hukou' as pop_concept, direction, scope, n as moves
from (
    select *, unnest(['township', 'county', 'province', 'other', 'unknown']) as scope,
        unnest([township, county, province, other,
            moves - coalesce(township, 0) - county - province - other]) as n
    from wide
)
where n is not null;
"""
SUMS = ", ".join(
    f"sum(coalesce(f.{scope}, 0)) as {scope}"
    for scope in ("in_township", "in_other_township", "in_county", "in_province", "beyond")
)


def make(lake: str, database: str) -> None:
    """Read the lake, write the four tables into a new database file."""
    with duckdb.connect(database) as connection:
        for sql in (LEDGERS.format(lake=lake), BALANCE, STRUCTURE, VITAL, MIGRATION.format(sums=SUMS)):
            connection.execute(sql)


if __name__ == "__main__":
    make(*sys.argv[1:])
