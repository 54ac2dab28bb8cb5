-- Object: a receipt whose kind of payer is known.
with final as (

    {{ judged(
        ref('int_fee_receipts'), check='AC-26', form='L12', day='payment_date', column_name='payer_type',
        applies="mark_code = 'normal' and coalesce(payer_type, 'unknown') <> 'unknown'",
        fails="payer_type in ('unit', 'staff')",
        yuan='collected_yuan + surcharge_yuan',
    ) }}

)

{{ check_result('final') }}
