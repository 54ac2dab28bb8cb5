select
    {{ text('division_code') }} as division_code,
    {{ text('division_level') }} as division_level,
    {{ text('period_type') }} as period_type,
    cast(period_start as date) as period_start,
    cast(period_end as date) as period_end,
    cast(births_occ as bigint) as births_occ,
    cast(births_rep as bigint) as births_rep,
    cast(births_prev_unreported as bigint) as births_prev_unreported,
    cast(deaths as bigint) as deaths,
    cast(marriages as bigint) as marriages,
    cast(person_days_x2 as bigint) as person_days_x2
from {{ ref('int_vital_periods') }}
