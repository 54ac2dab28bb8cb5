-- A submission counts once, by its latest reading. Meeting the same bytes again under another path moves
-- the day of receipt back and can raise the version or date its path states, whichever path came first.
with register as (

    select * from {{ ref('stg_submissions') }}
    where submission_id is not null

),

receipts as (

    select
        submission_id,
        min(received_on) as received_on,
        max(stated_version) as stated_version,
        max(stated_date) as stated_date
    from register
    where received_on <= {{ as_of() }}
    group by submission_id

),

readings as (

    select
        submission_id,
        batch_id,
        max(batch_no) as batch_no,
        min(file_sha256) as file_sha256,
        min(unit_code) as unit_code,
        min(form) as form,
        min(period) as period,
        max(case when status in ('accepted', 'partial') then 1 else 0 end) as is_accepted,
        cast(sum(rows_seen) as bigint) as rows_seen,
        cast(sum(accepted) as bigint) as accepted,
        cast(sum(quarantined) as bigint) as quarantined,
        cast(sum(duplicate) as bigint) as duplicate,
        cast(sum(non_data) as bigint) as non_data,
        cast(sum(fields_expected) as bigint) as fields_expected,
        cast(sum(fields_filled) as bigint) as fields_filled,
        cast(sum(ids_present) as bigint) as ids_present,
        cast(sum(ids_valid) as bigint) as ids_valid
    from register
    where status in ('accepted', 'partial', 'quarantined')
    group by submission_id, batch_id

),

ordered_readings as (

    select
        readings.*,
        row_number() over (
            partition by readings.submission_id
            order by readings.batch_no desc nulls last, readings.batch_id desc nulls last
        ) as reading_rank
    from readings

),

final as (

    select
        latest.submission_id,
        latest.batch_id,
        latest.batch_no,
        latest.file_sha256,
        latest.unit_code,
        {{ text('substr(latest.unit_code, 1, 12)') }} as division_code,
        latest.form,
        latest.period,
        receipts.received_on,
        coalesce(receipts.stated_version, 0) as stated_version,
        coalesce(receipts.stated_date, cast('0001-01-01' as date)) as stated_date,
        latest.is_accepted = 1 as is_accepted,
        latest.rows_seen,
        latest.accepted,
        latest.quarantined,
        latest.duplicate,
        latest.non_data,
        latest.fields_expected,
        latest.fields_filled,
        latest.ids_present,
        latest.ids_valid,
        row_number() over (
            partition by latest.unit_code, latest.form, latest.period
            order by
                receipts.received_on desc nulls last,
                coalesce(receipts.stated_version, 0) desc nulls last,
                receipts.stated_date desc nulls last,
                latest.file_sha256 desc nulls last,
                latest.submission_id desc nulls last
        ) as version_order
    from ordered_readings as latest
    inner join receipts on latest.submission_id = receipts.submission_id
    where latest.reading_rank = 1

)

select * from final
