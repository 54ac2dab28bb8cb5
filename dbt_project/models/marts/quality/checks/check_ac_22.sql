-- Object: an office and month, where receipts and slips of it and the next month came in whole. What came in
-- since the first of an unbroken row of such months, beside what was handed over for them within the grace.
with compared as (

    select
        balances.fee_unit_code,
        balances.month_start,
        balances.submission_id,
        balances.short_yuan,
        max(slips.row_id) as row_id
    from {{ ref('int_treasury_balances') }} as balances
    left join {{ ref('int_treasury_slips') }} as slips
        on
            balances.fee_unit_code = slips.fee_unit_code
            and balances.month = slips.for_month
            and slips.is_in_time = 1
    where balances.has_receipts_so_far = 1
    group by balances.fee_unit_code, balances.month_start, balances.submission_id, balances.short_yuan

),

final as (

    {{ judged(
        'compared', check='AC-22', form='L14', day='month_start', column_name='remitted_yuan',
        applies='short_yuan is not null', fails='short_yuan > 0', yuan='short_yuan',
    ) }}

)

{{ check_result('final') }}
