-- Cells of decisions and receipts that are empty because the sheet lacks the column or the reader refused
-- what stood there: nobody left them blank.
with ledger as (

    {% for form in ['l11', 'l12'] %}
    select
        ledger.row_id,
        ledger.submission_id,
        ledger.batch_id
    from {{ ref('stg_' ~ form) }} as ledger
    {{ in_force('ledger') }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

refused as (

    select distinct
        submission_id,
        batch_id,
        column_name,
        case
            when rule_id <> 'sheet.column_missing'
                then
                    substr(file_sha256, 1, 16)
                    || ':' || {{ text('sheet_no') }} || ':' || {{ text('row_no') }}
        end as row_id
    from {{ ref('stg_quarantine') }}
    where form in ('L11', 'L12') and kind = 'cell' and column_name is not null

)

select distinct
    ledger.row_id,
    refused.column_name
from ledger
inner join refused
    on
        ledger.submission_id = refused.submission_id
        and ledger.batch_id = refused.batch_id
        and ledger.row_id = coalesce(refused.row_id, ledger.row_id)
