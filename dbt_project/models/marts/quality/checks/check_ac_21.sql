-- Object: a payment back to the office that states its reason.
with final as (

    {{ judged(
        ref('int_l14_current'), check='AC-21', form='L14', day='returned_date', column_name='returned_reason',
        applies='returned_yuan > 0 and returned_reason is not null',
        fails="returned_reason in ('proportional', 'earmarked')",
        yuan='returned_yuan',
    ) }}

)

{{ check_result('final') }}
