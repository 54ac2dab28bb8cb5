-- Cells of benefits that are empty because the sheet lacks the column or the reader refused what stood
-- there: nobody left them blank.
with unread as (

    {{ cells_unread(['L15']) }}

)

select
    row_id,
    max(case when column_name = 'confirmed_date' then 1 else 0 end) as is_confirmation_unread,
    max(case when column_name in ('posted_from', 'posted_to') then 1 else 0 end) as is_posting_unread,
    max(case when column_name = 'paid_yuan' then 1 else 0 end) as is_payment_unread
from unread
group by row_id
