-- Object: a unit and year of which it states what it spent, what it spent the year before and the growth
-- of recurrent revenue; money handed down from above is left out.
with final as (

    {{ judged(
        ref('int_funding_growth'), check='BC-09', form='L19', day='judged_on', column_name='spent_yuan',
        unit='office_code',
        applies='office_code is not null and above_revenue_yuan is not null',
        fails='above_revenue_yuan < 0',
        yuan='-above_revenue_yuan',
    ) }}

)

{{ check_result('final') }}
