-- The rates follow the decisions of a year to its end by another way than the mart that follows them on.
with own as (

    select
        county_code,
        period_type,
        period_start,
        count(*) as decided_cases,
        sum(assessed_yuan) as assessed_yuan,
        sum(collected_yuan) as collected_yuan,
        sum(paid_cases) as paid_cases
    from {{ ref('int_fee_cohorts') }}
    group by county_code, period_type, period_start

)

select
    own.county_code,
    own.period_type,
    own.period_start
from own
left join {{ ref('mart_fee_cohorts') }} as followed
    on
        own.county_code = followed.division_code
        and own.period_type = followed.period_type
        and own.period_start = followed.period_start
        and own.period_start = followed.cohort_start
where
    followed.cohort_start is null
    or own.decided_cases <> followed.decided_cases
    or own.assessed_yuan <> followed.assessed_yuan
    or own.collected_yuan <> followed.collected_yuan
    or own.paid_cases <> followed.paid_cases
