select
    ledger.row_id,
    ledger.submission_id,
    ledger.unit_code,
    coalesce(units.fee_unit_code, ledger.unit_code) as fee_unit_code,
    ledger.period,
    ledger.remitted_date,
    coalesce(ledger.for_month, {{ month_of('ledger.remitted_date') }}) as for_month,
    ledger.for_month is not null as is_month_stated,
    ledger.subject_code,
    case
        when ledger.subject_code = 'refund' then -abs(ledger.remitted_yuan)
        else ledger.remitted_yuan
    end as remitted_yuan,
    ledger.returned_date,
    ledger.returned_reason,
    ledger.returned_yuan
from {{ ref('stg_l14') }} as ledger
{{ in_force('ledger') }}
left join {{ ref('int_fee_units') }} as units on ledger.unit_code = units.unit_code
