select
    ledger.row_id,
    ledger.submission_id,
    ledger.batch_id,
    ledger.unit_code,
    ledger.period,
    ledger.households,
    ledger.population,
    ledger.women_15_49_married,
    ledger.births,
    ledger.deaths
from {{ ref('stg_l07') }} as ledger
{{ in_force('ledger') }}
