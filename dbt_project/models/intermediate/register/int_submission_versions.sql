-- How many versions of a report came, when the first of them did, and whether the newest was refused.
with ranked as (

    select
        submission.*,
        row_number() over (
            partition by submission.unit_code, submission.form, submission.period
            order by
                submission.received_on desc nulls last,
                submission.stated_version desc nulls last,
                submission.stated_date desc nulls last,
                submission.file_sha256 desc nulls last,
                submission.submission_id desc nulls last
        ) as newest_rank
    from {{ ref('int_submissions_read') }} as submission

),

final as (

    select
        unit_code,
        form,
        period,
        count(*) as versions_received,
        sum(case when is_accepted then 0 else 1 end) as versions_refused,
        min(received_on) as first_received_on,
        max(case when newest_rank = 1 and not is_accepted then 1 else 0 end) as is_newest_refused
    from ranked
    group by unit_code, form, period

)

select * from final
