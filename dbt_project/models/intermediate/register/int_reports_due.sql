-- Which report was due from whom, and did it come in time?
with received as (

    select
        unit_code,
        form,
        period,
        first_received_on
    from {{ ref('int_submissions_current') }}

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
        units.division_code,
        units.form,
        months.month,
        months.month_start,
        months.month_end,
        calendar.due_day,
        case
            when
                (
                    calendar.months_due = 'all'
                    or (';' || calendar.months_due || ';') like ('%;' || months.month_name || ';%')
                )
                and months.month_start >= units.due_from
                and months.month_start < units.due_to then 1
            else 0
        end as is_due
    from {{ ref('int_reporting_units_dated') }} as units
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
