-- Object: a payment of a person with a number and its last month, in a county whose deaths are told.
with payments as (

    select
        *,
        coalesce(least(paid_yuan, standard_yuan * months_after_death), paid_yuan) as after_death_yuan
    from {{ ref('int_benefit_payments_judged') }}
    where
        kept_yuan > 0
        and to_month is not null
        and county_code in (
            select substr(deaths.unit_code, 1, 6) || '000000' as county_code
            from {{ ref('int_submissions_current') }} as deaths
            where deaths.form = 'L03'
        )

),

final as (

    {{ judged(
        'payments', check='BC-01', form='L15', day='judged_on', column_name='to_month', unit='office_code',
        applies='months_after_death is not null',
        fails='months_after_death > 0',
        yuan='after_death_yuan',
    ) }}

)

{{ check_result('final') }}
