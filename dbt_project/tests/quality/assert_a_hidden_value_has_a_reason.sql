select
    division_code,
    period_start,
    indicator_code
from {{ ref('mart_indicators') }}
where
    (status in ('ok', 'unstable') and value is null)
    or (status in ('missing', 'not_applicable') and (value is not null or status_reason is null))
    or (status = 'limits_only' and value is not null)
