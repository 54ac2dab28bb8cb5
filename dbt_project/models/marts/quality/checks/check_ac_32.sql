-- Object: an application to the court by a case that was served and neither reviewed nor sued over. It may be
-- made from the day on which the decision can no longer be contested, for as many months as the limit.
with applications as (

    select
        *,
        case
            when
                {{ whole_months_between('service_date', 'court_applied_on') }}
                < {{ check_limit('AC-32', 'months_to_contest') }} then 1
            when
                {{ whole_months_between('service_date', dbt.dateadd('day', -1, 'court_applied_on')) }}
                >= {{ check_limit('AC-32', 'months_to_contest') }}
                + {{ check_limit('AC-32', 'months_to_apply') }} then 1
            else 0
        end as is_outside
    from {{ ref('int_fee_cases') }}
    where
        assessed_yuan is not null
        and service_date is not null
        and court_applied_on is not null
        and has_review = 0

),

final as (

    {{ judged(
        'applications', check='AC-32', form='L11', day='court_applied_on',
        column_name='court_application_date',
        applies='is_outside is not null',
        fails='is_outside = 1',
        yuan='assessed_yuan',
    ) }}

)

{{ check_result('final') }}
