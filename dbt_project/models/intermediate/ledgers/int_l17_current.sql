select
    ledger.row_id,
    ledger.submission_id,
    ledger.unit_code,
    ledger.period,
    submissions.received_on,
    ledger.target_year,
    ledger.metric_code,
    ledger.has_definition,
    ledger.direction_code,
    ledger.target_value,
    ledger.measure_code,
    ledger.signed_date
from {{ ref('stg_l17') }} as ledger
{{ in_force('ledger') }}
