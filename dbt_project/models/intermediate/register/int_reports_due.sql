-- Which report was due from whom, and did it come in time? A unit owes a form from the period after its
-- first accepted submission (ruling R-12), or as its county's list of reporting units says.
with received as (

    select
        unit_code,
        form,
        period,
        first_received_on
    from {{ ref('int_submissions_current') }}

),

first_received as (

    select
        unit_code,
        form,
        min(period) as first_period
    from received
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

),

months as (

    select
        month,
        month_start,
        month_end,
        {{ text('cast(substr(month, 6, 2) as integer)') }} as month_name
    from {{ ref('int_months_known') }}

),

unit_months as (

    select
        units.unit_code,
        {{ text('substr(units.unit_code, 1, 12)') }} as division_code,
        units.form,
        months.month,
        months.month_start,
        months.month_end,
        calendar.due_day,
        case
            when
                (
                    calendar.months_due = 'all'
                    or concat(';', calendar.months_due, ';') like concat('%;', months.month_name, ';%')
                )
                and months.month_start >= units.due_from
                and months.month_start < units.due_to
                and months.month_start >= divisions.valid_from
                and months.month_start < divisions.valid_to then 1
            else 0
        end as is_due
    from units
    inner join divisions on substr(units.unit_code, 1, 12) = divisions.division_code
    inner join {{ ref('reporting_calendar') }} as calendar on units.form = calendar.form
    cross join months

),

final as (

    select
        unit_months.unit_code,
        unit_months.division_code,
        unit_months.form,
        unit_months.month,
        unit_months.month_start,
        unit_months.month_end,
        unit_months.is_due,
        case when received.period is null then 0 else 1 end as is_received,
        case
            when
                {{ dbt.datediff('unit_months.month_end', 'received.first_received_on', 'day') }}
                < unit_months.due_day then 1
            else 0
        end as is_on_time
    from unit_months
    left join received
        on
            unit_months.unit_code = received.unit_code
            and unit_months.form = received.form
            and unit_months.month = received.period
    where unit_months.is_due = 1 or received.period is not null

)

select * from final
