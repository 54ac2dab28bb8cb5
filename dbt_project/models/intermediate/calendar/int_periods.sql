select
    period_type,
    period,
    calendar,
    period_start,
    period_end,
    cast(count(*) as integer) as months,
    cast(sum(days) as integer) as days,
    max(days_in_year) as days_in_year
from {{ ref('int_period_months') }}
group by period_type, period, calendar, period_start, period_end
