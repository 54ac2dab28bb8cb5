-- Object: a decision of which the day of service and the last day to pay are written; instalments have days
-- of their own.
with cases as (

    select
        *,
        case
            when
                {{ dbt.datediff('service_date', 'due_date', 'day') }}
                = {{ check_limit('AC-18', 'days_to_pay') }} then 0
            else 1
        end as is_off
    from {{ ref('int_fee_cases') }}
    where assessed_yuan is not null and has_instalments = 0

),

final as (

    {{ judged(
        'cases', check='AC-18', form='L11', day='service_date', column_name='due_date',
        applies='due_date is not null',
        fails='is_off = 1',
    ) }}

)

{{ check_result('final') }}
