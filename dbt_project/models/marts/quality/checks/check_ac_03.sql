-- Object: a receipt; a number that could not be read, or whose column is missing, is not tested.
with receipts as (

    select * from {{ ref('int_fee_receipts') }}
    where
        mark_code = 'normal'
        and row_id not in (
            select unread.row_id from {{ ref('int_fee_cells_unread') }} as unread
            where unread.column_name = 'receipt_no'
        )

),

final as (

    {{ judged(
        'receipts', check='AC-03', form='L12', day='payment_date', column_name='receipt_no',
        applies='payment_date is not null',
        fails='receipt_no is null',
        yuan='collected_yuan + surcharge_yuan',
    ) }}

)

{{ check_result('final') }}
