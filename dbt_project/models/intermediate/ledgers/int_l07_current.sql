select
    ledger.row_id,
    ledger.submission_id,
    ledger.batch_id,
    ledger.unit_code,
    ledger.period,
    ledger.population,
    ledger.births,
    ledger.deaths
from {{ ref('stg_l07') }} as ledger
{{ in_force('ledger') }}
