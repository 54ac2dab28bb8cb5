-- The unpaid principal of a case between its due date and the end of collection. Each segment runs
-- between two days on which the unpaid principal (or the need to know it) changes.
with cases as (

    select
        case_key,
        county_code,
        due_on,
        court_applied_on,
        collection_ends_on
    from {{ ref('int_fee_cases') }}
    where due_on is not null and due_on < collection_ends_on

),

moves as (

    select
        case_key,
        event_date as point_on,
        outstanding_change_yuan as change_yuan
    from {{ ref('int_fee_case_balances') }}
    {% for day in ['due_on', 'collection_ends_on', 'court_applied_on'] %}
    union all
    select
        case_key,
        {{ day }} as point_on,
        cast(0 as decimal(14, 2)) as change_yuan
    from cases
    where {{ day }} is not null
    {% endfor %}
    union all
    select
        case_key,
        payment_date as point_on,
        cast(0 as decimal(14, 2)) as change_yuan
    from {{ ref('int_fee_receipts') }}

),

points as (

    select
        case_key,
        point_on,
        sum(change_yuan) as change_yuan
    from moves
    group by case_key, point_on

),

running as (

    select
        case_key,
        point_on,
        sum(change_yuan) over (
            partition by case_key
            order by point_on asc nulls last
            rows between unbounded preceding and current row
        ) as unpaid_yuan,
        lead(point_on) over (partition by case_key order by point_on asc nulls last) as next_on
    from points

)

select
    running.case_key,
    cases.county_code,
    running.point_on as segment_start,
    running.next_on as segment_end,
    cast(running.unpaid_yuan as decimal(14, 2)) as unpaid_yuan,
    cast(
        {{ whole_months_between('cases.due_on', 'running.next_on') }}
        - {{ whole_months_between('cases.due_on', 'running.point_on') }} as integer
    ) as months
from running
inner join cases on running.case_key = cases.case_key
where running.point_on >= cases.due_on and running.next_on <= cases.collection_ends_on
