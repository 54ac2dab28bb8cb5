-- Values that are no quotient of their own pair, with their limits where those are not of the pair either.
select
    indicator_code,
    division_code,
    period_type,
    period_start,
    point,
    ci_low,
    ci_high,
    false as is_balancing
from {{ ref('int_indicator_sums') }}
union all
select
    indicator_code,
    division_code,
    period_type,
    period_start,
    point,
    cast(null as double) as ci_low,
    cast(null as double) as ci_high,
    is_balancing
from {{ ref('int_indicator_shares') }}
