-- The days on which a case got further in the machine of states, by step: what is dated stays, what was paid
-- may be taken back. A case is known from its first day, and nothing befell it before.
with cases as (

    select
        *,
        least(
            listed_on,
            coalesce(filed_on, listed_on),
            coalesce(decision_date, listed_on)
        ) as known_on,
        cast(period || '-01' as date) as listed_last
    from {{ ref('int_fee_cases') }}

),

milestones as (

    {% for state, day, condition in [
        ('found', 'known_on', 'known_on is not null'),
        ('filed', 'filed_on', 'filed_on is not null'),
        ('decided', 'decision_date', 'assessed_yuan is not null'),
        ('served', 'service_date', 'assessed_yuan is not null and service_date is not null'),
        ('reviewed', 'reviewed_on', 'assessed_yuan is not null and reviewed_on is not null'),
        ('court', 'court_applied_on', 'assessed_yuan is not null and court_applied_on is not null'),
        ('closed_no_levy', 'coalesce(status_on, last_day(listed_last))', "status_code = 'no_levy'"),
        ('closed_no_levy', 'greatest(collection_ends_on, known_on)', 'assessed_yuan is null'),
        ('annulled', 'annulled_on', 'annulled_on is not null'),
    ] %}
    select
        case_key,
        county_code,
        greatest({{ day }}, known_on) as event_date,
        cast('{{ state }}' as {{ dbt.type_string() }}) as state
    from cases
    where {{ condition }}
    union all
    {% endfor %}
    select
        cases.case_key,
        cases.county_code,
        days.event_date,
        cast('terminated_2021' as {{ dbt.type_string() }}) as state
    from {{ ref('int_fee_case_days') }} as days
    inner join cases on days.case_key = cases.case_key
    where days.terminated_2021_yuan > 0

),

final as (

    select
        milestones.case_key,
        milestones.county_code,
        milestones.event_date,
        states.step as milestone_step,
        0 as money_change
    from milestones
    inner join {{ ref('fee_case_states') }} as states on milestones.state = states.state
    union all
    select
        cases.case_key,
        cases.county_code,
        greatest(days.event_date, cases.known_on) as event_date,
        0 as milestone_step,
        coalesce(states.step, 0) - coalesce(lag(states.step) over (
            partition by days.case_key
            order by days.event_date asc nulls last
        ), 0) as money_change
    from {{ ref('int_fee_case_days') }} as days
    inner join cases on days.case_key = cases.case_key
    left join {{ ref('fee_case_states') }} as states on days.money_state = states.state

)

select * from final
