-- Object: a case and month with a receipt. A case fails in the month that adds to what it was charged
-- too much; the address is the last receipt of that month.
with receipts as (

    select
        *,
        {{ month_of('payment_date') }} as month,
        row_number() over (
            partition by case_key, {{ month_of('payment_date') }}
            order by
                collected_yuan > 0 desc nulls last, payment_date desc nulls last,
                row_id desc nulls last
        ) as recency
    from {{ ref('int_fee_receipts') }}
    where assessed_yuan is not null

),

months as (

    select
        case_key,
        month,
        assessed_yuan,
        sum(case when mark_code = 'normal' then 1 else 0 end) as receipts,
        sum(collected_yuan - refunded_yuan) as principal_yuan
    from receipts
    group by case_key, month, assessed_yuan

),

running as (

    select
        *,
        sum(principal_yuan) over (
            partition by case_key
            order by month asc nulls last
            rows between unbounded preceding and current row
        ) as principal_to_date_yuan
    from months

),

excesses as (

    select
        *,
        greatest(principal_to_date_yuan - assessed_yuan, 0)
        - greatest(principal_to_date_yuan - principal_yuan - assessed_yuan, 0) as excess_yuan
    from running

),

final as (

    select
        receipts.fee_unit_code as unit_code,
        'L12' as form,
        excesses.month as period,
        receipts.row_id,
        receipts.submission_id,
        cast(null as {{ dbt.type_string() }}) as against_submission_id,
        'amount_yuan' as column_name,
        1 as tested,
        case when excesses.excess_yuan > 0 then 1 else 0 end as failed,
        greatest(excesses.excess_yuan, 0) as yuan
    from excesses
    inner join receipts
        on
            excesses.case_key = receipts.case_key
            and excesses.month = receipts.month
            and receipts.recency = 1
    where excesses.receipts > 0

)

{{ check_result('final') }}
