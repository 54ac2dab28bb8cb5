-- Object: a receipt that names what it charges.
with final as (

    {{ judged(
        ref('int_fee_receipts'), check='AC-36', form='L12', day='payment_date', column_name='charge_item',
        applies="mark_code = 'normal' and charge_item is not null",
        fails="charge_item = 'other'",
        yuan='collected_yuan + surcharge_yuan',
    ) }}

)

{{ check_result('final') }}
