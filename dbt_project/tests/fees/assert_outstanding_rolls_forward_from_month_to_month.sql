-- Closing = opening + assessed - annulled - collected + refunded - waived - written off - terminated,
-- where what is due back counts against what is outstanding.
with months as (

    select
        *,
        lag(outstanding_yuan - refund_due_yuan) over (
            partition by division_code
            order by period_start asc nulls last
        ) as opening_yuan
    from {{ ref('mart_fee_collection') }}
    where period_type = 'month'

)

select
    division_code,
    period_start
from months
where
    opening_yuan is not null
    and outstanding_yuan - refund_due_yuan <> opening_yuan
    + assessed_yuan - annulled_yuan - collected_yuan + refunded_yuan
    - waived_yuan - written_off_yuan - terminated_2021_yuan
