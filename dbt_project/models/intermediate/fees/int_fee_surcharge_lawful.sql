-- R-24: two per mille of the unpaid principal for every whole month since the due date. Each segment
-- runs between two days on which the unpaid principal (or the need to know it) changes.
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
    union all
    select
        case_key,
        due_on as point_on,
        cast(0 as decimal(14, 2)) as change_yuan
    from cases
    union all
    select
        case_key,
        collection_ends_on as point_on,
        cast(0 as decimal(14, 2)) as change_yuan
    from cases
    union all
    select
        case_key,
        court_applied_on as point_on,
        cast(0 as decimal(14, 2)) as change_yuan
    from cases
    where court_applied_on is not null
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
            partition by case_key order by point_on asc nulls last
            rows between unbounded preceding and current row
        ) as unpaid_yuan,
        lead(point_on) over (partition by case_key order by point_on asc nulls last) as next_on
    from points

),

segments as (

    select
        running.case_key,
        running.point_on as segment_start,
        running.next_on as segment_end,
        cast(running.unpaid_yuan as decimal(14, 2)) as unpaid_yuan,
        cast(
            {{ whole_months_between('cases.due_on', 'running.next_on') }}
            - {{ whole_months_between('cases.due_on', 'running.point_on') }} as integer
        ) as months,
        cases.county_code
    from running
    inner join cases
        on running.case_key = cases.case_key
    where running.point_on >= cases.due_on and running.next_on <= cases.collection_ends_on

),

rated as (

    select
        segments.*,
        regimes.surcharge_rate_month,
        row_number() over (
            partition by segments.case_key, segments.segment_start
            order by
                case when regimes.area_prefix = '00' then 0 else length(regimes.area_prefix) end
                desc nulls last
        ) as specificity
    from segments
    inner join {{ ref('policy_regime') }} as regimes
        on
            regimes.valid_from <= segments.segment_start
            and regimes.valid_to > segments.segment_start
            and (
                regimes.area_prefix = '00'
                or segments.county_code like concat(regimes.area_prefix, '%')
            )

),

final as (

    select
        case_key,
        segment_start,
        segment_end,
        unpaid_yuan,
        months,
        surcharge_rate_month,
        cast(round(unpaid_yuan * coalesce(surcharge_rate_month, 0) * months, 2) as decimal(14, 2))
            as lawful_yuan
    from rated
    where specificity = 1

)

select
    *,
    cast(sum(lawful_yuan) over (
        partition by case_key order by segment_end asc nulls last
        rows between unbounded preceding and current row
    ) as decimal(14, 2)) as lawful_to_date_yuan
from final
