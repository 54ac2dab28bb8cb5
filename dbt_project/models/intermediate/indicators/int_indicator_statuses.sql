-- The office tier shows what it counted; these rules say how far a value may be trusted.
-- SN2: fewer than 20 events, 500 for sums of rates. SN3: small denominator, or 1 to 9 on either side. SN4: sex ratio at birth.
with cells as (

    select * from {{ ref('int_indicator_intervals') }}

),

judged as (

    select
        cells.*,
        case
            when cells.is_lawful = 0 then 'regime'
            when cells.numerator is null then 'not_received'
            when cells.small_number_rule <> 'SN0' and cells.due > 0 and cells.received = 0
                then 'not_received'
            when cells.method like 'standardised%' and cells.point is null then 'no_denominator'
            when coalesce(cells.denominator, 0) <> 0 then null
            when cells.denominator_measure = 'reports_due' then 'not_due'
            when cells.denominator_measure is not null then 'no_denominator'
        end as reason,
        case
            when cells.small_number_rule = 'SN4' then cells.numerator + cells.denominator < 1000
            else false
        end as is_limits_only,
        case cells.small_number_rule
            when 'SN2'
                then coalesce(cells.events, 0) < case when cells.method like 'standardised%' then 500 else 20 end
            when 'SN3'
                then
                    cells.denominator < 30
                    or cells.numerator between 1 and 9
                    or cells.denominator - cells.numerator between 1 and 9
            else false
        end as is_unstable
    from cells

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
        when reason is not null then 'missing'
        when is_limits_only then 'limits_only'
        when is_unstable then 'unstable'
        else 'ok'
    end as status
from judged
