-- Object: a person, programme and first month paid for, where a rule on age is loaded for the programme
-- and the ledgers tell the month of birth. Looked at is the last day before that month (ruling R-28).
with payments as (

    select
        payments.*,
        ages.least_age,
        {{ age_at_month_end(
            month_count('payments.from_month') ~ ' - 1', month_count('payments.born_in')
        ) }} as age,
        row_number() over (
            partition by payments.person_key, payments.programme, payments.from_month
            order by payments.judged_on asc nulls last, payments.row_id asc nulls last
        ) as place
    from {{ ref('int_benefit_payments_judged') }} as payments
    inner join {{ ref('benefit_ages') }} as ages
        on
            payments.programme = ages.programme
            and ages.sex in ('all', payments.sex)
            and (ages.area_prefix = '00' or payments.county_code like (ages.area_prefix || '%'))
            and cast(payments.from_month || '-01' as date) >= ages.valid_from
            and cast(payments.from_month || '-01' as date) < ages.valid_to
    where payments.paid_yuan > 0 and payments.born_in is not null

),

final as (

    {{ judged(
        'payments', check='BC-07', form='L15', day='judged_on', column_name='from_month', unit='office_code',
        applies='place = 1',
        fails='age < least_age',
        yuan='paid_yuan',
    ) }}

)

{{ check_result('final') }}
