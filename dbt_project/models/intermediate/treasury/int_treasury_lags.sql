-- R-25: the oldest receipts of a year are the first to be handed over. A reversal leaves with the receipt it
-- takes back and refunds take no part; an account of unbroken months is matched by itself. Money handed over
-- before it came in waited no day.
with receipts as (

    select
        fee_unit_code,
        case_key,
        coalesce(receipt_no, row_id) as receipt_ref,
        min(payment_date) as payment_date,
        sum(collected_yuan + surcharge_yuan) as yuan
    from {{ ref('int_fee_receipts') }}
    group by fee_unit_code, case_key, coalesce(receipt_no, row_id)

),

queues as (

    select
        'in' as side,
        receipts.fee_unit_code,
        books.first_month,
        extract(year from receipts.payment_date) as year,
        receipts.payment_date as day,
        sum(receipts.yuan) as yuan
    from receipts
    inner join {{ ref('int_treasury_books') }} as books
        on
            receipts.fee_unit_code = books.fee_unit_code
            and books.month = {{ month_of('receipts.payment_date') }}
    where receipts.yuan > 0
    group by receipts.fee_unit_code, books.first_month, receipts.payment_date
    union all
    select
        'out' as side,
        slips.fee_unit_code,
        slips.first_month,
        cast(substr(slips.for_month, 1, 4) as bigint) as year,
        slips.remitted_date as day,
        sum(slips.remitted_yuan) as yuan
    from {{ ref('int_treasury_slips') }} as slips
    where
        slips.first_month is not null
        and slips.is_owed_before = 0
        and slips.remitted_yuan > 0
        and coalesce(slips.subject_code, 'fee') <> 'refund'
    group by
        slips.fee_unit_code, slips.first_month, substr(slips.for_month, 1, 4), slips.remitted_date

),

placed as (

    select
        *,
        sum(yuan) over (
            partition by side, fee_unit_code, first_month, year order by day asc nulls last
        ) as upto_yuan
    from queues

),

matched as (

    select
        receipts.fee_unit_code,
        receipts.day,
        {{ dbt.datediff('receipts.day', 'slips.day', 'day') }}
            as days,
        least(receipts.upto_yuan, slips.upto_yuan)
        - greatest(receipts.upto_yuan - receipts.yuan, slips.upto_yuan - slips.yuan) as yuan
    from placed as receipts
    inner join placed as slips
        on
            receipts.fee_unit_code = slips.fee_unit_code
            and receipts.first_month = slips.first_month
            and receipts.year = slips.year
            and receipts.upto_yuan - receipts.yuan < slips.upto_yuan
            and slips.upto_yuan - slips.yuan < receipts.upto_yuan
    where receipts.side = 'in' and slips.side = 'out'

)

select
    fee_unit_code,
    {{ month_of('day') }} as month,
    cast(sum(yuan) as decimal(14, 2)) as lag_yuan,
    cast(sum(yuan * greatest(days, 0)) as decimal(18, 2)) as lag_yuan_days
from matched
group by fee_unit_code, {{ month_of('day') }}
