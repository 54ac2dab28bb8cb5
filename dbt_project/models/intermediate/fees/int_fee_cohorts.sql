-- A collection rate follows the decisions of a period: what was collected on them by its end, at most
-- what was assessed, over what was assessed. So it can never exceed one.
with decided as (

    select
        cases.case_key,
        cases.township_code,
        cases.county_code,
        cases.assessed_yuan,
        periods.period_type,
        periods.calendar,
        periods.period_start,
        periods.period_end
    from {{ ref('int_fee_cases') }} as cases
    inner join {{ ref('int_period_months') }} as periods
        on periods.month = {{ month_of('cases.decision_date') }}
    where cases.assessed_yuan > 0

),

followed as (

    select
        decided.case_key,
        decided.township_code,
        decided.county_code,
        decided.period_type,
        decided.calendar,
        decided.period_start,
        decided.period_end,
        decided.assessed_yuan,
        coalesce(sum(case
            when entries.flow = 'collected' then entries.amount_yuan
            when entries.flow = 'refunded' then -entries.amount_yuan
        end), 0) as received_yuan,
        coalesce(sum(case
            when entries.flow in ('waived', 'annulled') then entries.amount_yuan
        end), 0) as forgone_yuan
    from decided
    left join {{ ref('int_fee_entries') }} as entries
        on
            decided.case_key = entries.case_key
            and decided.period_end > entries.event_date
    group by
        decided.case_key,
        decided.township_code,
        decided.county_code,
        decided.period_type,
        decided.calendar,
        decided.period_start,
        decided.period_end,
        decided.assessed_yuan

),

final as (

    select
        case_key,
        township_code,
        county_code,
        period_type,
        calendar,
        period_start,
        period_end,
        assessed_yuan,
        cast(least(greatest(received_yuan, 0), assessed_yuan) as decimal(14, 2)) as collected_yuan,
        -- Fully paid: nothing is left open after what was lawfully forgone, and something was paid.
        cast(case
            when received_yuan > 0 and received_yuan >= assessed_yuan - forgone_yuan then 1
            else 0
        end as integer) as paid_cases
    from followed

)

select * from final
