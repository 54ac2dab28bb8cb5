-- Object: a request for instalments beside the service of its decision, or the county's answer beside the
-- request. The later fault is dated by the answer, the earlier by the request.
with requests as (

    select
        *,
        case
            when
                {{ dbt.datediff('service_date', 'instalments_asked_on', 'day') }}
                > {{ check_limit('AC-17', 'days_to_ask') }} then 1
            else 0
        end as is_asked_late,
        case
            when
                {{ dbt.datediff('instalments_asked_on', 'instalments_granted_on', 'day') }}
                > {{ check_limit('AC-17', 'days_to_answer') }} then 1
            else 0
        end as is_granted_late
    from {{ ref('int_fee_cases') }}
    where
        assessed_yuan is not null
        and instalments_asked_on is not null
        and coalesce(service_date, instalments_granted_on) is not null

),

dated as (

    select
        *,
        case
            when is_asked_late > is_granted_late then instalments_asked_on
            else coalesce(instalments_granted_on, instalments_asked_on)
        end as judged_on
    from requests

),

final as (

    {{ judged(
        'dated', check='AC-17', form='L11', day='judged_on', column_name='instalment_approval_date',
        applies='judged_on is not null',
        fails='is_asked_late + is_granted_late > 0',
        yuan='assessed_yuan',
    ) }}

)

{{ check_result('final') }}
