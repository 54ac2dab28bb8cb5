-- Indicator cells with their 95 % limits, each from the model of its method; a count has none.
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
    limits.ci_low,
    limits.ci_high
from {{ ref('int_indicator_cells') }} as cells
left join limits
    on
        cells.indicator_code = limits.indicator_code
        and cells.division_code = limits.division_code
        and cells.period_type = limits.period_type
        and cells.period_start = limits.period_start
