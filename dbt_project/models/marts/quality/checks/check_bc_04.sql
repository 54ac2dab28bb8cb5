-- Object: a payment that states the day by which it was due.
with final as (

    {{ judged(
        ref('int_benefit_payments'), check='BC-04', form='L15', day='judged_on', unit='office_code',
        column_name='paid_date',
        applies='paid_yuan > 0 and paid_date is not null and due_date is not null',
        fails='paid_date > due_date',
        yuan='paid_yuan',
    ) }}

)

{{ check_result('final') }}
