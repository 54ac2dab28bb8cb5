select
    division_code,
    month
from {{ ref('int_fee_month_stocks') }}
where outstanding_yuan < 0 or refund_due_yuan < 0 or outstanding_cases < 0 or refund_due_cases < 0
