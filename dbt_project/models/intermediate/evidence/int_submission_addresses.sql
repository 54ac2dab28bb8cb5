-- Where the rows of a current submission stand: the file and sheet of its latest reading.
with current_submissions as (

    select
        submission_id,
        batch_id,
        unit_code,
        form,
        period
    from {{ ref('int_submissions_current') }}

),

register as (

    select
        submission_id,
        batch_id,
        file_path,
        sheet_name
    from {{ ref('stg_submissions') }}
    where status in ('accepted', 'partial')

),

final as (

    select
        current_submissions.submission_id,
        current_submissions.unit_code,
        current_submissions.form,
        current_submissions.period,
        min(register.file_path) as file_path,
        min(register.sheet_name) as sheet_name
    from current_submissions
    left join register
        on
            current_submissions.submission_id = register.submission_id
            and current_submissions.batch_id = register.batch_id
    group by
        current_submissions.submission_id,
        current_submissions.unit_code,
        current_submissions.form,
        current_submissions.period

)

select * from final
