-- The receivable of every case, one row per day on which it moved. Stocks of any date are sums of the
-- changes up to it, so no case is ever multiplied by months.
with days as (

    select
        case_key,
        fee_unit_code,
        township_code,
        county_code,
        event_date,
        sum(signed_yuan) as change_yuan
    from {{ ref('int_fee_postings') }}
    where account = 'receivable'
    group by case_key, fee_unit_code, township_code, county_code, event_date

),

running as (

    select
        *,
        sum(change_yuan) over (
            partition by case_key
            order by event_date asc nulls last
            rows between unbounded preceding and current row
        ) as balance_yuan
    from days

),

split as (

    select
        *,
        greatest(balance_yuan, 0) as outstanding_yuan,
        greatest(-balance_yuan, 0) as refund_due_yuan,
        greatest(balance_yuan - change_yuan, 0) as outstanding_before_yuan,
        greatest(change_yuan - balance_yuan, 0) as refund_due_before_yuan
    from running

),

final as (

    select
        case_key,
        fee_unit_code,
        township_code,
        county_code,
        event_date,
        cast(balance_yuan as decimal(14, 2)) as balance_yuan,
        cast(outstanding_yuan as decimal(14, 2)) as outstanding_yuan,
        cast(refund_due_yuan as decimal(14, 2)) as refund_due_yuan,
        cast(outstanding_yuan - outstanding_before_yuan as decimal(14, 2)) as outstanding_change_yuan,
        cast(refund_due_yuan - refund_due_before_yuan as decimal(14, 2)) as refund_due_change_yuan,
        cast(
            case when outstanding_yuan > 0 then 1 else 0 end
            - case when outstanding_before_yuan > 0 then 1 else 0 end as integer
        ) as outstanding_change_cases,
        cast(
            case when refund_due_yuan > 0 then 1 else 0 end
            - case when refund_due_before_yuan > 0 then 1 else 0 end as integer
        ) as refund_due_change_cases
    from split

)

select * from final
