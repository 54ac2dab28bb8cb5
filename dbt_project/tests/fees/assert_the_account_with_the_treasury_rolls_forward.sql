-- The difference of a month opens with the closing of the month before in the same account, and closes with
-- what came in and went out.
with ordered as (

    select
        *,
        lag(closing_yuan) over (
            partition by fee_unit_code, first_month order by month asc nulls last
        ) as before_yuan
    from {{ ref('int_treasury_balances') }}
    where first_month is not null

)

select
    fee_unit_code,
    month
from ordered
where
    opening_yuan <> coalesce(before_yuan, opening_yuan)
    or closing_yuan <> opening_yuan + due_yuan - remitted_yuan
