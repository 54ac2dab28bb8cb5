select
    division_code,
    period_start,
    form
from {{ ref('mart_ledger_quality') }}
where received > due or on_time > received
