{% set stocks = {
    'assessed_yuan': 'assessed_yuan', 'annulled_yuan': 'annulled_yuan', 'received_yuan': 'received_yuan',
    'collected_yuan': 'collected_change_yuan', 'waived_yuan': 'waived_yuan',
    'written_off_yuan': 'written_off_yuan', 'terminated_2021_yuan': 'terminated_2021_yuan',
    'outstanding_yuan': 'outstanding_change_yuan', 'refund_due_yuan': 'refund_due_change_yuan',
    'decided_cases': 'decided_cases', 'paid_cases': 'paid_change_cases',
    'outstanding_cases': 'outstanding_change_cases',
} %}

with periods as (

    select
        period_type,
        period_start,
        period_end
    from {{ ref('int_periods') }}
    where period_type in ('year', 'fp_year')

),

followed as (

    select
        changes.county_code,
        changes.cohort_start,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        {% for stock, change in stocks.items() %}
        sum(changes.{{ change }}) as {{ stock }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_fee_cohort_changes') }} as changes
    inner join periods
        on
            changes.period_type = periods.period_type
            and changes.month < {{ month_of('periods.period_end') }}
    group by
        changes.county_code,
        changes.cohort_start,
        periods.period_type,
        periods.period_start,
        periods.period_end

),

-- The release begins within or after a year of which it cannot know every decision.
told as (

    select
        followed.*,
        cohorts.period_start is not null as is_whole
    from followed
    left join periods as cohorts
        on
            followed.period_type = cohorts.period_type
            and followed.cohort_start = cohorts.period_start
    where
        followed.cohort_start is not null
        or followed.received_yuan <> 0
        or followed.outstanding_yuan <> 0
        or followed.refund_due_yuan <> 0

)

select
    {{ text('county_code') }} as division_code,
    cast('county' as {{ dbt.type_string() }}) as division_level,
    {{ text('period_type') }} as period_type,
    cast(period_start as date) as period_start,
    cast(period_end as date) as period_end,
    cast(cohort_start as date) as cohort_start,
    cast({{ dbt.dateadd('month', 12, 'cohort_start') }} as date) as cohort_end,
    cast(is_whole as boolean) as is_whole,
    cast(decided_cases as bigint) as decided_cases,
    cast(assessed_yuan as decimal(14, 2)) as assessed_yuan,
    cast(annulled_yuan as decimal(14, 2)) as annulled_yuan,
    cast(waived_yuan as decimal(14, 2)) as waived_yuan,
    cast(written_off_yuan as decimal(14, 2)) as written_off_yuan,
    cast(terminated_2021_yuan as decimal(14, 2)) as terminated_2021_yuan,
    cast(received_yuan as decimal(14, 2)) as received_yuan,
    cast(collected_yuan as decimal(14, 2)) as collected_yuan,
    cast(paid_cases as bigint) as paid_cases,
    cast(outstanding_cases as bigint) as outstanding_cases,
    cast(outstanding_yuan as decimal(14, 2)) as outstanding_yuan,
    cast(refund_due_yuan as decimal(14, 2)) as refund_due_yuan
from told
