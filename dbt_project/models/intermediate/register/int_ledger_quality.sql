-- Reports and rows by unit, form and month. Rows are those of the submission in force, and of a later one
-- that was refused and still waits to be mended; what a correction replaced is no longer counted. A month of
-- which everything was refused is no known month, yet it must be seen here.
with row_counts as (

    select
        submission.unit_code,
        submission.form,
        submission.period as month,
        sum(submission.rows_seen) as rows_seen,
        sum(submission.accepted) as accepted,
        sum(submission.quarantined) as quarantined,
        sum(submission.duplicate) as duplicate,
        sum(submission.non_data) as non_data,
        sum(submission.fields_expected) as fields_expected,
        sum(submission.fields_filled) as fields_filled,
        sum(submission.ids_present) as ids_present,
        sum(submission.ids_valid) as ids_valid
    from {{ ref('int_submissions_read') }} as submission
    left join {{ ref('int_submissions_current') }} as in_force
        on submission.submission_id = in_force.submission_id
    where submission.version_order = 1 or in_force.submission_id is not null
    group by submission.unit_code, submission.form, submission.period

),

keys as (

    select
        unit_code,
        form,
        month
    from {{ ref('int_reports_due') }}
    union distinct
    select
        unit_code,
        form,
        month
    from row_counts

),

final as (

    select
        keys.unit_code,
        {{ text('substr(keys.unit_code, 1, 12)') }} as division_code,
        keys.form,
        keys.month,
        months.month_start,
        months.month_end,
        coalesce(due.is_due, 0) as due,
        case when due.is_due = 1 then due.is_received else 0 end as received,
        case when due.is_due = 1 then due.is_on_time else 0 end as on_time,
{% for column in ['rows_seen', 'accepted', 'quarantined', 'duplicate', 'non_data', 'fields_expected',
                  'fields_filled', 'ids_present', 'ids_valid'] %}
        cast(coalesce(row_counts.{{ column }}, 0) as bigint) as {{ column }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from keys
    inner join {{ ref('calendar_months') }} as months on keys.month = months.month
    left join {{ ref('int_reports_due') }} as due
        on
            keys.unit_code = due.unit_code
            and keys.form = due.form
            and keys.month = due.month
    left join row_counts
        on
            keys.unit_code = row_counts.unit_code
            and keys.form = row_counts.form
            and keys.month = row_counts.month

)

select * from final
