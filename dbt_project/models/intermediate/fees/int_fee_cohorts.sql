-- A collection rate follows the decisions of a year: what was collected on them by its end, at most
-- what was assessed, over what was assessed. So it can never exceed one.
with decided as (

    select
        cases.*,
        periods.period_type,
        periods.calendar,
        periods.period_start,
        periods.period_end
    from {{ ref('int_fee_cases') }} as cases
    inner join {{ ref('int_period_months') }} as periods
        on periods.month = {{ month_of('cases.decision_date') }}
    where cases.assessed_yuan > 0 and periods.period_type in ('year', 'fp_year')

),

received as (

    select
        decided.case_key,
        decided.period_type,
        sum(case
            when entries.flow = 'collected' then entries.amount_yuan
            when entries.flow = 'refunded' then -entries.amount_yuan
        end) as received_yuan,
        sum(case
            when entries.event_date > {{ dbt.dateadd('day', 30, 'decided.service_date') }} then 0
            when decided.service_date is null then 0
            when entries.flow = 'collected' then entries.amount_yuan
            when entries.flow = 'refunded' then -entries.amount_yuan
        end) as timely_yuan,
        sum(case
            when entries.flow in ('waived', 'annulled') then entries.amount_yuan
        end) as forgone_yuan
    from decided
    inner join {{ ref('int_fee_entries') }} as entries
        on
            decided.case_key = entries.case_key
            and decided.period_end > entries.event_date
    group by decided.case_key, decided.period_type

),

followed as (

    select
        decided.*,
        coalesce(received.received_yuan, 0) as received_yuan,
        coalesce(received.timely_yuan, 0) as timely_yuan,
        coalesce(received.forgone_yuan, 0) as forgone_yuan,
        decided.base_income_yuan * decided.multiple as required_yuan
    from decided
    left join received
        on
            decided.case_key = received.case_key
            and decided.period_type = received.period_type

),

final as (

    select
        case_key,
        row_id,
        county_code,
        period_type,
        calendar,
        period_start,
        period_end,
        filed_on,
        decision_date,
        base_income_yuan,
        assessed_yuan,
        is_review_told,
        cast(least(greatest(received_yuan, 0), assessed_yuan) as decimal(14, 2)) as collected_yuan,
        cast(least(greatest(timely_yuan, 0), assessed_yuan) as decimal(14, 2)) as timely_yuan,
        -- Fully paid: nothing is left open after what was lawfully forgone, and something was paid.
        cast(case
            when received_yuan > 0 and received_yuan >= assessed_yuan - forgone_yuan then 1
            else 0
        end as integer) as paid_cases,
        cast(required_yuan as decimal(14, 2)) as required_yuan,
        case
            when abs(assessed_yuan - required_yuan) <= {{ check_limit('AC-11', 'yuan_of_rounding') }} then 1
            when required_yuan is not null then 0
        end as conforming_cases,
        case
            when coalesce(instalments_granted_on, decision_date) < period_end then has_instalments else 0
        end as instalment_cases,
        case when coalesce(reviewed_on, decision_date) < period_end then has_review else 0 end
            as reviewed_cases
    from followed

)

select * from final
