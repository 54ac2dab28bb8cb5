select
    ledger.row_id,
    ledger.submission_id,
    ledger.unit_code,
    ledger.period,
    ledger.sex,
    ledger.birth_month,
    ledger.direction,
    ledger.other_area,
    ledger.moved_date,
    ledger.left_date,
    ledger.reason_code,
    ledger.has_certificate,
    ledger.verified_date,
    ledger.filed_date
from {{ ref('stg_l06') }} as ledger
{{ in_force('ledger') }}
