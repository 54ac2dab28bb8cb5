-- Object: a decision of which the deciding body is known, of a township also whether it was delegated.
with final as (

    {{ judged(
        ref('int_fee_cases'), check='AC-05', form='L11', day='decision_date', column_name='body_code',
        applies="assessed_yuan is not null"
            ~ " and (body_code in ('county', 'other') or (body_code = 'township' and is_delegated is not null))",
        fails="body_code = 'other' or (body_code = 'township' and not is_delegated)",
        yuan='assessed_yuan',
    ) }}

)

{{ check_result('final') }}
