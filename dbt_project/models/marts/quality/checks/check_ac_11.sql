-- Object: a decision of which base, multiple and amount are known.
with final as (

    {{ judged(
        ref('int_fee_cases'), check='AC-11', form='L11', day='decision_date', column_name='amount_yuan',
        applies='assessed_yuan is not null and base_income_yuan is not null and multiple is not null',
        fails="abs(assessed_yuan - base_income_yuan * multiple) > " ~ check_limit('AC-11', 'yuan_of_rounding'),
        yuan='abs(assessed_yuan - base_income_yuan * multiple)',
    ) }}

)

{{ check_result('final') }}
