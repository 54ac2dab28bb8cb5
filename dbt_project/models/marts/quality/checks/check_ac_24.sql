-- Object: a receipt whose way of payment is known.
with final as (

    {{ judged(
        ref('int_fee_receipts'), check='AC-24', form='L12', day='payment_date', column_name='channel_code',
        applies="mark_code = 'normal' and channel_code is not null",
        fails="channel_code = 'cash'",
        yuan='collected_yuan + surcharge_yuan',
    ) }}

)

{{ check_result('final') }}
