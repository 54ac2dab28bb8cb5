-- A collection rate is at most one hundred per cent by construction.
select
    county_code,
    period_type,
    period_start
from {{ ref('int_fee_cohorts') }}
group by county_code, period_type, period_start
having sum(collected_yuan) > sum(assessed_yuan) or sum(paid_cases) > count(*) or min(collected_yuan) < 0
