-- Indicator cells with their 95 % limits, each from the model of its method; a count has none. A value that
-- is no quotient of its pair comes along.
with limits as (

    select * from {{ ref('int_share_limits') }}
    union all
    select * from {{ ref('int_event_limits') }}

)

select
    cells.indicator_code,
    cells.division_code,
    cells.division_level,
    cells.period_type,
    cells.period_start,
    cells.period_end,
    cells.calendar,
    cells.pop_concept,
    cells.method,
    cells.small_number_rule,
    cells.scale,
    cells.denominator_measure,
    cells.numerator,
    cells.denominator,
    cells.events,
    cells.due,
    cells.received,
    cells.is_lawful,
    coalesce(limits.ci_low, composed.ci_low) as ci_low,
    coalesce(limits.ci_high, composed.ci_high) as ci_high,
    composed.point,
    coalesce(composed.is_balancing, false) as is_balancing
from {{ ref('int_indicator_cells') }} as cells
left join limits
    on
        cells.indicator_code = limits.indicator_code
        and cells.division_code = limits.division_code
        and cells.period_type = limits.period_type
        and cells.period_start = limits.period_start
left join {{ ref('int_indicator_composed') }} as composed
    on
        cells.indicator_code = composed.indicator_code
        and cells.division_code = composed.division_code
        and cells.period_type = composed.period_type
        and cells.period_start = composed.period_start
