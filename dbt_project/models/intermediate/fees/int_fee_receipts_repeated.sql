-- Numbered receipts that an earlier month has told already, the same in every part. Few numbers are listed
-- twice, and only these are looked at closely.
with listed as (

    select
        payments.row_id,
        payments.unit_code,
        payments.receipt_no,
        payments.case_key,
        payments.payment_date,
        payments.amount_yuan,
        payments.period,
        coalesce(payments.surcharge_yuan, 0) as surcharge_part,
        coalesce(payments.mark_code, 'normal') as mark
    from {{ ref('stg_l12') }} as payments
    {{ in_force('payments') }}
    where
        payments.payment_date is not null
        and payments.amount_yuan is not null
        and payments.receipt_no is not null
        and payments.case_key is not null

),

numbers_again as (

    select
        unit_code,
        receipt_no
    from listed
    group by unit_code, receipt_no
    having min(period) < max(period)

),

dated as (

    select
        listed.row_id,
        listed.period,
        min(listed.period) over (
            partition by
                listed.unit_code,
                listed.receipt_no,
                listed.case_key,
                listed.payment_date,
                listed.amount_yuan,
                listed.surcharge_part,
                listed.mark
        ) as first_period
    from listed
    inner join numbers_again
        on
            listed.unit_code = numbers_again.unit_code
            and listed.receipt_no = numbers_again.receipt_no

)

select row_id
from dated
where period > first_period
