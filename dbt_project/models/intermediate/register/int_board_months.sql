-- What the board has a line for: every month of every unit and form that is ever due while the division
-- exists, and whatever came beside.
with divisions as (

    select
        division_code,
        min(valid_from) as valid_from,
        max(valid_to) as valid_to
    from {{ ref('int_divisions_dated') }}
    group by division_code

),

kept as (

    select
        units.unit_code,
        units.form,
        months.month
    from {{ ref('int_reporting_units_dated') }} as units
    inner join {{ ref('reporting_calendar') }} as calendar on units.form = calendar.form
    inner join divisions on units.division_code = divisions.division_code
    inner join {{ ref('int_months_known') }} as months
        on
            divisions.valid_from <= months.month_start
            and divisions.valid_to > months.month_start
    where calendar.months_due <> 'none'

),

final as (

    select
        unit_code,
        form,
        month
    from kept
    union distinct
    select
        unit_code,
        form,
        month
    from {{ ref('int_ledger_quality') }}

)

select * from final
