-- The account of an office with the treasury at each end of a month: what is due grows by what came in and
-- shrinks by what was handed over. Overdue is what is still missing when the days of grace of the next month
-- have passed, so it is known once the books of that month are.
with due as (

    select
        *,
        collected_yuan + surcharge_yuan - refunded_yuan - surcharge_refunded_yuan as due_yuan,
        sum(owed_before_yuan) over (partition by fee_unit_code, first_month) as owed_at_first_yuan
    from {{ ref('int_treasury_months') }}

),

running as (

    select
        *,
        sum(due_yuan) over (
            partition by fee_unit_code, first_month order by month asc nulls last
        ) as due_so_far_yuan,
        sum(remitted_yuan) over (
            partition by fee_unit_code, first_month order by month asc nulls last
        ) as remitted_so_far_yuan,
        sum(remitted_yuan - owed_before_yuan) over (
            partition by fee_unit_code, first_month order by month asc nulls last
        ) as remitted_of_own_yuan,
        max(has_receipts) over (
            partition by fee_unit_code, first_month order by month asc nulls last
        ) as has_receipts_so_far,
        lead(in_grace_yuan) over (
            partition by fee_unit_code, first_month order by month asc nulls last
        ) as next_in_grace_yuan
    from due

),

final as (

    select
        *,
        case
            when first_month is not null
                then owed_at_first_yuan + due_so_far_yuan - remitted_so_far_yuan
        end as closing_yuan,
        case
            when next_month is not null
                then due_so_far_yuan - remitted_of_own_yuan - next_in_grace_yuan
        end as short_yuan
    from running

)

select
    fee_unit_code,
    township_code,
    county_code,
    month,
    month_start,
    month_end,
    submission_id,
    first_month,
    has_receipts_so_far,
    collected_yuan,
    surcharge_yuan,
    refunded_yuan,
    surcharge_refunded_yuan,
    cast(due_yuan as decimal(14, 2)) as due_yuan,
    remitted_yuan,
    remitted_for_yuan,
    returned_yuan,
    cast(closing_yuan - due_yuan + remitted_yuan as decimal(14, 2)) as opening_yuan,
    cast(closing_yuan as decimal(14, 2)) as closing_yuan,
    cast(short_yuan as decimal(14, 2)) as short_yuan
from final
