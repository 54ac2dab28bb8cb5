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
    ledger.death_date,
    ledger.report_month,
    ledger.cancel_date,
    ledger.id_status
from {{ ref('stg_l03') }} as ledger
{{ in_force('ledger') }}
