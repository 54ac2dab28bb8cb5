-- Months for which receipts and slips of an office both came in whole. An unbroken row of such months is one
-- account: a gap hides money that came in or went out, so that the next month starts anew.
with months as (

    select
        receipts.fee_unit_code,
        receipts.month,
        receipts.month_no,
        receipts.month_end,
        slips.submission_id,
        receipts.month_no - row_number() over (
            partition by receipts.fee_unit_code order by receipts.month_no asc nulls last
        ) as island
    from {{ ref('int_fee_books_known') }} as receipts
    inner join {{ ref('int_fee_books_known') }} as slips
        on
            receipts.fee_unit_code = slips.fee_unit_code
            and receipts.month = slips.month
    where receipts.form = 'L12' and slips.form = 'L14'

)

select
    fee_unit_code,
    month,
    month_end,
    submission_id,
    min(month) over (partition by fee_unit_code, island) as first_month,
    lead(month) over (partition by fee_unit_code, island order by month_no asc nulls last) as next_month
from months
