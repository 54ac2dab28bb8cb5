-- Object: a receipt with a surcharge on a case of which the last day to pay or the assessment is known. It
-- fails in the days given after service, or once the surcharges of the case pass its principal.
with receipts as (

    select
        *,
        case
            when service_date is null and payment_date <= due_on then 1
            when
                {{ dbt.datediff('service_date', 'payment_date', 'day') }}
                <= {{ check_limit('AC-15', 'days_without_surcharge') }} then 1
            else 0
        end as is_early,
        sum(surcharge_yuan - surcharge_refunded_yuan) over (
            partition by case_key
            order by payment_date asc nulls last, row_id asc nulls last
            rows between unbounded preceding and current row
        ) as charged_yuan,
        case
            when
                extract(year from payment_date) >= {{ check_limit('AC-15', 'first_year_of_the_cap') }}
                then assessed_yuan
        end as cap_yuan
    from {{ ref('int_fee_receipts') }}

),

final as (

    {{ judged(
        'receipts', check='AC-15', form='L12', day='payment_date', column_name='surcharge_yuan',
        applies="mark_code = 'normal' and surcharge_yuan > 0 and (due_on is not null or cap_yuan is not null)",
        fails='(is_early = 1 or charged_yuan > coalesce(cap_yuan, charged_yuan))',
        yuan='surcharge_yuan',
    ) }}

)

{{ check_result('final') }}
