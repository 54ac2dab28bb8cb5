-- The office tier shows what it counted; the rules for small numbers say how far a value
-- may be trusted: each has a least size of what it looks at, and looks at nothing where that is empty.
with cells as (

    select * from {{ ref('int_indicator_intervals') }}

),

judged as (

    select
        cells.*,
        case
            when cells.is_lawful = 0 then 'regime'
            when cells.method = 'quantile' and cells.numerator is null then 'small_primary'
            when cells.numerator is null then 'not_received'
            when cells.small_number_rule <> 'SN0' and cells.due > 0 and cells.received = 0
                then 'not_received'
            when cells.method like 'standardised%' and cells.point is null then 'no_denominator'
            when cells.method = 'proportion' and cells.numerator > cells.denominator and cells.denominator > 0
                then 'exceeds_whole'
            when coalesce(cells.denominator, 0) <> 0 then null
            when cells.denominator_measure = 'reports_due' then 'not_due'
            when cells.denominator_measure is not null then 'no_denominator'
        end as reason,
        coalesce(cells.numerator + cells.denominator < rules.least_pair, false) as is_limits_only,
        case
            when coalesce(cells.events, 0) < rules.least_events then true
            when cells.denominator < rules.least_denominator then true
            when cells.numerator between 1 and rules.least_side - 1 then true
            when cells.denominator - cells.numerator between 1 and rules.least_side - 1 then true
            else false
        end as is_unstable
    from cells
    left join {{ ref('small_number_rules') }} as rules on cells.small_number_rule = rules.small_number_rule

)

select
    indicator_code,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    pop_concept,
    method,
    small_number_rule,
    scale,
    denominator_measure,
    numerator,
    denominator,
    events,
    due,
    received,
    is_lawful,
    ci_low,
    ci_high,
    point,
    is_balancing,
    reason,
    case
        when reason in ('regime', 'not_due') then 'not_applicable'
        when reason = 'small_primary' then 'suppressed'
        when reason is not null then 'missing'
        when is_limits_only then 'limits_only'
        when is_unstable then 'unstable'
        else 'ok'
    end as status
from judged
