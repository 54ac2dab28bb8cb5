select
    ledger.row_id,
    ledger.submission_id,
    ledger.unit_code,
    ledger.period,
    ledger.event,
    ledger.event_date,
    ledger.husband_key,
    ledger.wife_key,
    ledger.husband_order,
    ledger.wife_order,
    ledger.husband_area,
    ledger.wife_area
from {{ ref('stg_l04') }} as ledger
{{ in_force('ledger') }}
