select
    ledger.row_id,
    ledger.submission_id,
    ledger.unit_code,
    ledger.period,
    submissions.received_on,
    coalesce(ledger.service_key, ledger.served_person_key) as person_key,
    ledger.service_code,
    ledger.service_date,
    ledger.due_date,
    coalesce(ledger.is_done, ledger.service_date is not null) as is_given,
    coalesce(ledger.resident_type = 'floating', false) as is_floating
from {{ ref('stg_l08') }} as ledger
{{ in_force('ledger') }}
