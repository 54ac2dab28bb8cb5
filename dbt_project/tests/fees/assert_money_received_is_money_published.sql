-- The receipts added up without any of our bookkeeping equal what the mart publishes.
select
    period,
    unit_code,
    measure
from {{ ref('audit_reconciliation') }}
where form = 'L12' and ledger_value <> mart_value
