select
    ledger.row_id,
    ledger.submission_id,
    ledger.batch_id,
    ledger.unit_code,
    submissions.division_code,
    ledger.period,
    ledger.opening,
    ledger.closing,
    ledger.births,
    ledger.births_male,
    ledger.births_female,
    ledger.births_order_1,
    ledger.births_order_2,
    ledger.births_order_3,
    ledger.births_prev_unreported,
    ledger.deaths,
    ledger.moved_in,
    ledger.moved_out,
    ledger.float_in,
    ledger.float_out,
    ledger.marriages
from {{ ref('stg_l16') }} as ledger
{{ in_force('ledger') }}
