-- Object: a report that was due and came in. One that never came is missing, not late.
with reports as (

    select * from {{ ref('int_reports_due') }}
    where is_due = 1 and is_received = 1

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

final as (

    select
        reports.unit_code,
        reports.form,
        reports.month as period,
        cast(null as {{ dbt.type_string() }}) as row_id,
        submissions.submission_id,
        cast(null as {{ dbt.type_string() }}) as against_submission_id,
        cast(null as {{ dbt.type_string() }}) as column_name,
        1 as tested,
        1 - reports.is_on_time as failed,
        0 as yuan
    from reports
    inner join submissions
        on
            reports.unit_code = submissions.unit_code
            and reports.form = submissions.form
            and reports.month = submissions.period

)

{{ check_result('final') }}
