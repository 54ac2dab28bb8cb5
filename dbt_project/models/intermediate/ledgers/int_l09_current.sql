select
    ledger.row_id,
    ledger.submission_id,
    ledger.unit_code,
    ledger.period,
    submissions.received_on,
    ledger.item_code,
    ledger.issue_date,
    ledger.closing_quantity,
    ledger.counted_quantity,
    ledger.service_code,
    ledger.case_count,
    ledger.has_informed_consent
from {{ ref('stg_l09') }} as ledger
{{ in_force('ledger') }}
