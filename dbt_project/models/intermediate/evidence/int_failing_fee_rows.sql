-- The receipts behind a unit that took in more principal than it assessed. Cases that paid ten times
-- their assessment (an amount in yuan under a header in 万元) hide the small ones and come alone. A single
-- case is a finding (AC-19) and no reason to hold back a release.
with limits as (

    select
        max(case when limit_id = 'over_collected_max_case_share' then limit_value end) as max_share,
        max(case when limit_id = 'over_collected_max_times' then limit_value end) as max_times
    from {{ ref('gate_limits') }}

),

units as (

    select
        cases.fee_unit_code,
        max(case
            when cases.principal_yuan >= cases.assessed_yuan * limits.max_times and cases.is_over = 1 then 1
            else 0
        end) as has_multiples
    from {{ ref('int_fee_cases_collected') }} as cases
    cross join limits
    group by cases.fee_unit_code
    having
        (sum(cases.is_over) > 1 and sum(cases.is_over) > count(*) * max(limits.max_share))
        or sum(cases.principal_yuan) >= sum(cases.assessed_yuan) * max(limits.max_times)

),

offending as (

    select
        cases.case_key,
        cases.assessed_yuan,
        cases.largest_yuan
    from {{ ref('int_fee_cases_collected') }} as cases
    inner join units on cases.fee_unit_code = units.fee_unit_code
    cross join limits
    where
        cases.is_over = 1
        and (
            units.has_multiples = 0
            or cases.principal_yuan >= cases.assessed_yuan * limits.max_times
        )

),

final as (

    select
        cast('fee.principal_within_assessed' as {{ dbt.type_string() }}) as rule_id,
        receipts.fee_unit_code as unit_code,
        addresses.form,
        addresses.period,
        receipts.row_id,
        cast('amount_yuan' as {{ dbt.type_string() }}) as column_name,
        addresses.file_path,
        addresses.sheet_name,
        cast('实收本金超过该案应征金额，请核对金额单位（元或万元）' as {{ dbt.type_string() }}) as what_zh,
        {{ text(
            "'This receipt brings the principal of its case above the amount assessed; '"
            ~ " || 'look at the unit of the column (yuan or ten thousand yuan)'"
        ) }} as what_en
    from {{ ref('int_fee_receipts') }} as receipts
    inner join offending on receipts.case_key = offending.case_key
    inner join {{ ref('int_submission_addresses') }} as addresses
        on receipts.submission_id = addresses.submission_id
    where
        receipts.collected_yuan > 0
        -- One receipt that is too large by itself is the fault; instalments only add up to one together.
        and (
            offending.largest_yuan <= offending.assessed_yuan
            or receipts.collected_yuan > offending.assessed_yuan
        )

)

select * from final
