-- Within one calendar the months of a year add up to the year, earlier births included (ruling R-01).
with added as (

    select
        months.division_code,
        calendar.year_start,
        sum(months.births_occ) as births_occ,
        sum(months.births_rep) as births_rep,
        sum(months.births_prev_unreported) as births_prev_unreported,
        sum(months.deaths) as deaths,
        sum(months.person_days_x2) as person_days_x2
    from {{ ref('mart_vital_events') }} as months
    inner join {{ ref('calendar_months') }} as calendar on months.period_start = calendar.month_start
    where months.period_type = 'month'
    group by months.division_code, calendar.year_start

)

select
    longer.division_code,
    longer.period_start
from {{ ref('mart_vital_events') }} as longer
inner join added
    on
        longer.division_code = added.division_code
        and longer.period_start = added.year_start
where
    longer.period_type = 'year'
    and (
        longer.births_occ <> added.births_occ
        or longer.births_rep <> added.births_rep
        or longer.births_prev_unreported <> added.births_prev_unreported
        or longer.deaths <> added.deaths
        or longer.person_days_x2 <> added.person_days_x2
    )
