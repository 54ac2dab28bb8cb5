-- Who would be entitled no ledger tells: children ever born, the disability of a child and where somebody
-- is registered on the day decide, and only who applied is listed.
select
    {{ text('division_code') }} as division_code,
    {{ text('division_level') }} as division_level,
    {{ text('period_type') }} as period_type,
    cast(period_start as date) as period_start,
    cast(period_end as date) as period_end,
    {{ text('programme') }} as programme,
    cast(null as bigint) as eligible,
    cast(confirmed as bigint) as confirmed,
    cast(paid_persons as bigint) as paid_persons,
    cast(confirmed_paid_persons as bigint) as confirmed_paid_persons,
    cast(in_full_persons as bigint) as in_full_persons,
    cast(due_yuan as decimal(14, 2)) as due_yuan,
    cast(paid_yuan as decimal(14, 2)) as paid_yuan,
    cast(payments_due as bigint) as payments_due,
    cast(on_time_payments as bigint) as on_time_payments
from {{ ref('int_benefit_periods') }}
