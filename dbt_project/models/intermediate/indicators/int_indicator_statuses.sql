-- The office tier shows what it counted; these rules say how far a value may be trusted.
-- SN2: fewer than 20 events. SN3: small denominator, or 1 to 9 on either side. SN4: sex ratio at birth.
with cells as (

    select * from {{ ref('int_indicator_intervals') }}

),

judged as (

    select
        cells.*,
        case
            when cells.is_lawful = 0 then 'regime'
            when cells.small_number_rule <> 'SN0' and cells.due > 0 and cells.received = 0 then 'not_received'
            when cells.numerator is null then 'not_received'
            when cells.denominator_measure = 'reports_due' and coalesce(cells.denominator, 0) = 0 then 'not_due'
            when cells.denominator_measure is not null and coalesce(cells.denominator, 0) = 0 then 'no_denominator'
        end as reason,
        case
            when cells.small_number_rule = 'SN4' then cells.numerator + cells.denominator < 1000
            else false
        end as is_limits_only,
        case cells.small_number_rule
            when 'SN2' then coalesce(cells.events, 0) < 20
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
    judged.*,
    case
        when judged.reason in ('regime', 'not_due') then 'not_applicable'
        when judged.reason is not null then 'missing'
        when judged.is_limits_only then 'limits_only'
        when judged.is_unstable then 'unstable'
        else 'ok'
    end as status
from judged
