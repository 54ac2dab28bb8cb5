-- From when to when a unit owes a form: as its county's list of reporting units says, else from the
-- period after its first accepted submission (ruling R-12), and only while its division exists.
with first_received as (

    select
        unit_code,
        form,
        min(period) as first_period
    from {{ ref('int_submissions_current') }}
    group by unit_code, form

),

listed as (

    select
        unit_code,
        form,
        min(due_from) as due_from,
        max(due_to) as due_to
    from {{ ref('stg_reporting_units') }}
    group by unit_code, form

),

units as (

    select
        first_received.unit_code,
        first_received.form,
        coalesce(listed.due_from, months.month_end) as due_from,
        coalesce(listed.due_to, cast('9999-12-31' as date)) as due_to
    from first_received
    inner join {{ ref('calendar_months') }} as months on first_received.first_period = months.month
    left join listed
        on
            first_received.unit_code = listed.unit_code
            and first_received.form = listed.form
    union all
    select
        listed.unit_code,
        listed.form,
        listed.due_from,
        listed.due_to
    from listed
    left join first_received
        on
            listed.unit_code = first_received.unit_code
            and listed.form = first_received.form
    where first_received.unit_code is null

),

divisions as (

    select
        division_code,
        min(valid_from) as valid_from,
        max(valid_to) as valid_to
    from {{ ref('int_divisions_dated') }}
    group by division_code

)

select
    units.unit_code,
    divisions.division_code,
    units.form,
    greatest(units.due_from, divisions.valid_from) as due_from,
    least(units.due_to, divisions.valid_to) as due_to
from units
inner join divisions on substr(units.unit_code, 1, 12) = divisions.division_code
