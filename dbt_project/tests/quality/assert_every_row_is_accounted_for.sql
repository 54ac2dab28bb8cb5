-- Nothing is lost between the sheet and the lake.
select
    division_code,
    period_start,
    form
from {{ ref('mart_ledger_quality') }}
where rows_seen <> accepted + quarantined + duplicate + non_data
