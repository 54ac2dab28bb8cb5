select
    ledger.row_id,
    ledger.submission_id,
    ledger.batch_id,
    ledger.unit_code,
    submissions.division_code,
    ledger.period,
    ledger.person_key,
    ledger.sex,
    ledger.birth_month,
    ledger.direction,
    ledger.reason_code,
    ledger.other_division,
    ledger.move_date,
    ledger.hukou_type,
    ledger.id_status
from {{ ref('stg_l05') }} as ledger
{{ in_force('ledger') }}
