-- Object: a payment of a person with a number. Of two for the same months and programme the later one is
-- named, wherever in the county either was made.
with final as (

    {{ judged(
        ref('int_benefit_payments_judged'), check='BC-02', form='L15', day='judged_on', unit='office_code',
        column_name='person_key',
        applies='kept_yuan > 0',
        fails='is_repeated = 1',
        yuan='kept_yuan',
        against='earlier_submission_id',
    ) }}

)

{{ check_result('final') }}
