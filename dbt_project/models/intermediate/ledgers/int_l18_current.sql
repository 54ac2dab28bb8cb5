select
    ledger.row_id,
    ledger.submission_id,
    ledger.unit_code,
    ledger.period,
    submissions.received_on,
    ledger.round_no,
    ledger.planned_date,
    ledger.held_date,
    ledger.subject_code,
    ledger.findings_count,
    ledger.published_class,
    ledger.mended_date
from {{ ref('stg_l18') }} as ledger
{{ in_force('ledger') }}
