-- What became of every report of every unit, form and month. Counts are those of int_ledger_quality, so the
-- board adds up to mart_ledger_quality.
with divisions as (

    select
        division_code,
        min(division_level) as division_level
    from {{ ref('int_division_paths') }}
    group by division_code

),

board as (

    select
        divisions.division_code,
        divisions.division_level,
        months.month_start,
        months.month_end,
        board_months.unit_code,
        board_months.form,
        coalesce(quality.due, 0) as due,
        coalesce(quality.on_time, 0) as on_time,
        case
            when in_force.submission_id is null then 0
            else 1
        end as is_accepted,
        coalesce(in_force.accepted, 0) as rows_in_force,
        coalesce(in_force.quarantined, 0) as rows_refused,
        in_force.first_received_on as first_accepted_on,
        in_force.received_on,
        versions.first_received_on,
        coalesce(versions.versions_received, 0) as versions_received,
        coalesce(versions.versions_refused, 0) as versions_refused,
        coalesce(versions.is_newest_refused, 0) as is_newest_refused,
        {{ dbt.dateadd('day', 'calendar.due_day - 1', 'months.month_end') }} as last_day,
        {% for column in ['rows_seen', 'accepted', 'quarantined', 'duplicate', 'non_data'] %}
        coalesce(quality.{{ column }}, 0) as {{ column }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_board_months') }} as board_months
    inner join {{ ref('calendar_months') }} as months on board_months.month = months.month
    inner join divisions on substr(board_months.unit_code, 1, 12) = divisions.division_code
    left join {{ ref('reporting_calendar') }} as calendar on board_months.form = calendar.form
    left join {{ ref('int_ledger_quality') }} as quality
        on
            board_months.unit_code = quality.unit_code
            and board_months.form = quality.form
            and board_months.month = quality.month
    left join {{ ref('int_submissions_current') }} as in_force
        on
            board_months.unit_code = in_force.unit_code
            and board_months.form = in_force.form
            and board_months.month = in_force.period
    left join {{ ref('int_submission_versions') }} as versions
        on
            board_months.unit_code = versions.unit_code
            and board_months.form = versions.form
            and board_months.month = versions.period

)

select
    {{ text('division_code') }} as division_code,
    {{ text('division_level') }} as division_level,
    {{ text("'month'") }} as period_type,
    cast(month_start as date) as period_start,
    cast(month_end as date) as period_end,
    {{ text('unit_code') }} as unit_code,
    {{ text('form') }} as form,
    {{ text("case
        when is_accepted = 1 and rows_refused > 0 then 'partial'
        when is_accepted = 1 then 'accepted'
        when versions_received > 0 then 'received'
        when due = 1 then 'missing'
        else 'not_due' end") }} as state,
    due = 1 as is_due,
    on_time = 1 as is_on_time,
    due = 1 and is_accepted = 1 and on_time = 0 as is_late,
    due = 1 and is_accepted = 0 and last_day < {{ as_of() }} as is_overdue,
    is_accepted = 1 and rows_in_force = 0 and rows_refused = 0 as is_zero,
    is_newest_refused = 1 as is_waiting,
    cast(case when due = 1 then last_day end as date) as due_on,
    cast(first_received_on as date) as first_received_on,
    cast(first_accepted_on as date) as first_accepted_on,
    cast(received_on as date) as received_on,
    {% for column in [
        'versions_received', 'versions_refused', 'rows_seen', 'accepted', 'quarantined', 'duplicate', 'non_data',
    ] %}
    cast({{ column }} as bigint) as {{ column }}
    {%- if not loop.last %},{% endif %}
    {% endfor %}
from board
