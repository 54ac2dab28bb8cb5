-- Cells of benefits that are empty because the sheet lacks the column or the reader refused what stood
-- there: nobody left them blank.
with ledger as (

    select
        ledger.row_id,
        ledger.submission_id,
        ledger.batch_id
    from {{ ref('stg_l15') }} as ledger
    {{ in_force('ledger') }}

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
    where form = 'L15' and kind = 'cell' and column_name is not null

)

select
    ledger.row_id,
    max(case when refused.column_name = 'confirmed_date' then 1 else 0 end) as is_confirmation_unread,
    max(case when refused.column_name in ('posted_from', 'posted_to') then 1 else 0 end) as is_posting_unread,
    max(case when refused.column_name = 'paid_yuan' then 1 else 0 end) as is_payment_unread
from ledger
inner join refused
    on
        ledger.submission_id = refused.submission_id
        and ledger.batch_id = refused.batch_id
        and ledger.row_id = coalesce(refused.row_id, ledger.row_id)
group by ledger.row_id
