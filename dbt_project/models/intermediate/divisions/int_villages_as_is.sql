-- Under which codes of today (the last month of the release) the people of a village-month are counted, with
-- what share: every whole change is followed. A village of which nobody told what became keeps its code.
{% set steps = 4 %}
with today as (

    select max(month_start) as day from {{ ref('int_months_known') }}

),

whole as (

    select changes.*
    from {{ ref('int_division_changes') }} as changes
    inner join today on changes.effective_date <= today.day
    where changes.is_whole and changes.successor_code is not null

),

dates as (

    select
        predecessor_code,
        effective_date,
        coalesce(
            lag(effective_date) over (partition by predecessor_code order by effective_date asc nulls last),
            cast('0001-01-01' as date)
        ) as date_before,
        max(effective_date) over (partition by predecessor_code) as last_date
    from whole
    group by predecessor_code, effective_date

),

edges as (

    select
        whole.*,
        dates.date_before
    from whole
    inner join dates
        on
            whole.predecessor_code = dates.predecessor_code
            and whole.effective_date = dates.effective_date

),

-- A list changes with the year, a register tells the day: whoever stands no more is followed in any case.
step_0 as (
    select
        balance.division_code,
        balance.month,
        balance.division_code as reached_code,
        cast(1 as decimal(18, 12)) as share,
        case
            when standing.division_code is null and dates.last_date <= balance.month_start
                then cast({{ dbt.dateadd('day', -1, 'dates.last_date') }} as date)
            else balance.month_start
        end as reached_on
    from {{ ref('int_village_balance') }} as balance
    cross join today
    left join {{ ref('int_division_paths') }} as standing
        on
            balance.division_code = standing.division_code
            and balance.division_code = standing.ancestor_code
            and today.day >= standing.valid_from
            and today.day < standing.valid_to
    left join dates
        on
            balance.division_code = dates.predecessor_code
            and dates.effective_date = dates.last_date
    where balance.basis = 'occurred'

),

{% for step in range(1, steps + 1) %}
step_{{ step }} as (
    select
        before.division_code,
        before.month,
        coalesce(edges.successor_code, before.reached_code) as reached_code,
        cast(before.share * coalesce(edges.share, 1) as decimal(18, 12)) as share,
        coalesce(edges.effective_date, before.reached_on) as reached_on
    from step_{{ step - 1 }} as before
    left join edges
        on
            before.reached_code = edges.predecessor_code
            and before.reached_on < edges.effective_date
            and before.reached_on >= edges.date_before

)
{%- if not loop.last %},{% endif %}
{% endfor %}

select
    division_code,
    month,
    reached_code as as_is_code,
    cast(sum(share) as decimal(18, 12)) as share
from step_{{ steps }}
group by division_code, month, reached_code
