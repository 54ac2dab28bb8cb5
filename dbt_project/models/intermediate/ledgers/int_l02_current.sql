select
    ledger.row_id,
    ledger.submission_id,
    ledger.batch_id,
    ledger.unit_code,
    submissions.division_code,
    ledger.period,
    ledger.mother_key,
    ledger.sex,
    ledger.birth_date,
    ledger.birth_order,
    ledger.birth_event_type,
    ledger.mother_birth_month,
    ledger.policy_status,
    ledger.report_month,
    ledger.hukou_date,
    ledger.alive,
    ledger.id_status
from {{ ref('stg_l02') }} as ledger
{{ in_force('ledger') }}
