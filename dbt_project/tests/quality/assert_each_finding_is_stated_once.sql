select
    check_id,
    unit_code,
    period
from {{ ref('mart_findings') }}
group by check_id, unit_code, period
having count(*) > 1
