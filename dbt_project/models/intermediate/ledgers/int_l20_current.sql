select
    ledger.row_id,
    ledger.submission_id,
    ledger.unit_code,
    ledger.period,
    submissions.received_on,
    ledger.item_code,
    ledger.due_date,
    ledger.published_date,
    ledger.objections_count
from {{ ref('stg_l20') }} as ledger
{{ in_force('ledger') }}
