-- Of all accepted submissions for one unit, form and period the greatest
-- (received_on, stated_version, stated_date, file_sha256) is in force. Nothing else decides.
with accepted as (

    select * from {{ ref('int_submissions_read') }}
    where is_accepted

),

ranked as (

    select
        accepted.*,
        row_number() over (
            partition by accepted.unit_code, accepted.form, accepted.period
            order by accepted.version_order asc nulls last
        ) as supersession_rank,
        min(accepted.received_on) over (
            partition by accepted.unit_code, accepted.form, accepted.period
        ) as first_received_on
    from accepted

),

final as (

    select
        ranked.submission_id,
        ranked.batch_id,
        ranked.batch_no,
        ranked.file_sha256,
        ranked.unit_code,
        ranked.division_code,
        ranked.form,
        ranked.period,
        ranked.first_received_on,
        ranked.received_on,
        ranked.stated_version,
        ranked.stated_date,
        ranked.rows_seen,
        ranked.accepted,
        ranked.quarantined,
        ranked.duplicate,
        ranked.non_data,
        ranked.fields_expected,
        ranked.fields_filled,
        ranked.ids_present,
        ranked.ids_valid
    from ranked
    where ranked.supersession_rank = 1

)

select * from final
