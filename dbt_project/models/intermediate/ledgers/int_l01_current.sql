select
    ledger.row_id,
    ledger.submission_id,
    ledger.batch_id,
    ledger.unit_code,
    submissions.division_code,
    ledger.period,
    ledger.person_key,
    ledger.household_key,
    ledger.sex,
    ledger.birth_month,
    ledger.relation_code,
    ledger.marital_code,
    ledger.hukou_type,
    ledger.hukou_status,
    ledger.in_date,
    ledger.in_reason,
    ledger.out_date,
    ledger.out_reason,
    ledger.id_status
from {{ ref('stg_l01') }} as ledger
{{ in_force('ledger') }}
