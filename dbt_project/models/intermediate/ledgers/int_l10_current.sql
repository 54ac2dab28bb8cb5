select
    ledger.row_id,
    ledger.submission_id,
    ledger.unit_code,
    ledger.period,
    submissions.received_on,
    ledger.service_code,
    ledger.service_date,
    ledger.couples,
    ledger.persons,
    ledger.contacts,
    ledger.annual_target
from {{ ref('stg_l10') }} as ledger
{{ in_force('ledger') }}
