-- Object: a receipt of a case whose day of birth is known.
with final as (

    {{ judged(
        ref('int_fee_receipts'), check='AC-27', form='L12', day='payment_date', column_name='payment_date',
        applies="mark_code = 'normal' and birth_date is not null",
        fails="payment_date < birth_date",
        yuan='collected_yuan + surcharge_yuan',
    ) }}

)

{{ check_result('final') }}
