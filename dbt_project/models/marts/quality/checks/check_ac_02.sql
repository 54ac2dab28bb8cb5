-- Object: a receipt of a case whose day of service is known.
with final as (

    {{ judged(
        ref('int_fee_receipts'), check='AC-02', form='L12', day='payment_date', column_name='payment_date',
        applies="mark_code = 'normal' and service_date is not null",
        fails="payment_date < service_date",
        yuan='collected_yuan + surcharge_yuan',
    ) }}

)

{{ check_result('final') }}
