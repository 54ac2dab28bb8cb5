-- The states of a date add up to the cases that the registers know by then, counted without any state.
with known as (

    select
        cases.county_code,
        periods.period_type,
        periods.period_start,
        count(*) as cases
    from {{ ref('int_fee_cases') }} as cases
    inner join {{ ref('int_periods') }} as periods
        on
            cases.listed_on < periods.period_end
            or cases.filed_on < periods.period_end
            or cases.decision_date < periods.period_end
    where periods.period_type in ('year', 'fp_year')
    group by cases.county_code, periods.period_type, periods.period_start

),

told as (

    select
        division_code,
        period_type,
        period_start,
        sum(cases) as cases,
        min(cases) as least
    from {{ ref('mart_fee_case_states') }}
    group by division_code, period_type, period_start

)

select
    told.division_code,
    told.period_type,
    told.period_start
from told
left join known
    on
        told.division_code = known.county_code
        and told.period_type = known.period_type
        and told.period_start = known.period_start
where told.cases <> coalesce(known.cases, 0) or told.least < 0
