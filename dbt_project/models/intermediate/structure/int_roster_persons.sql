-- Who stands on a roster at the end of its month: not marked as gone by then, neither come nor born after it.
select
    submission_id,
    unit_code,
    period,
    sex,
    birth_month,
    household_key,
    marital_code,
    case when hukou_status = 'present_only' then 0 else 1 end as is_registered
from {{ ref('int_l01_current') }}
where
    (
        (out_date is null and out_reason is null)
        or {{ month_of('out_date') }} > period
    )
    and coalesce({{ month_of('in_date') }}, period) <= period
    and coalesce(birth_month, period) <= period
