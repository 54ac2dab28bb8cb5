-- From one state to the next: of what is known of a case by a day, the state that lies furthest on counts
-- (fee_case_states.step). Cases by state at any date are sums of the changes up to it.
with days as (

    select
        case_key,
        county_code,
        event_date,
        max(milestone_step) as milestone_step,
        sum(money_change) as money_change
    from {{ ref('int_fee_case_moments') }}
    group by case_key, county_code, event_date

),

running as (

    select
        days.*,
        greatest(
            max(days.milestone_step) over (
                partition by days.case_key
                order by days.event_date asc nulls last
                rows between unbounded preceding and current row
            ),
            sum(days.money_change) over (
                partition by days.case_key
                order by days.event_date asc nulls last
                rows between unbounded preceding and current row
            )
        ) as step
    from days

),

moved as (

    select
        running.*,
        lag(running.step) over (
            partition by running.case_key
            order by running.event_date asc nulls last
        ) as step_before
    from running

),

changes as (

    select
        county_code,
        {{ month_of('event_date') }} as month,
        step,
        1 as cases
    from moved
    union all
    select
        county_code,
        {{ month_of('event_date') }} as month,
        step_before as step,
        -1 as cases
    from moved
    where step_before is not null

)

select
    changes.county_code,
    changes.month,
    states.state,
    cast(sum(changes.cases) as bigint) as change_cases
from changes
inner join {{ ref('fee_case_states') }} as states on changes.step = states.step
group by changes.county_code, changes.month, states.state
