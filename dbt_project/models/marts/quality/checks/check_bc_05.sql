-- Object: a payment whose sheet names the holder of the account. Numbers of accounts are never kept, so
-- that one account for several people is not seen.
with final as (

    {{ judged(
        ref('int_benefit_payments'), check='BC-05', form='L15', day='judged_on', unit='office_code',
        column_name='account_is_own',
        applies='account_is_own is not null',
        fails='not account_is_own',
        yuan='paid_yuan',
    ) }}

)

{{ check_result('final') }}
