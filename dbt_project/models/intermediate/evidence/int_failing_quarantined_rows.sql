-- The quarantined rows of a form and month that lost too many.
with limits as (

    select
        max(case when limit_id = 'quarantined_max_share' then limit_value end) as max_quarantined,
        max(case when limit_id = 'quarantined_min_rows' then limit_value end) as min_rows
    from {{ ref('gate_limits') }}

),

readings as (

    select * from {{ ref('int_submissions_read') }}

),

losses as (

    select
        readings.form,
        readings.period
    from readings
    cross join limits
    group by readings.form, readings.period
    having
        sum(readings.quarantined) >= max(limits.min_rows)
        and sum(readings.quarantined)
        > sum(readings.accepted + readings.quarantined + readings.duplicate) * max(limits.max_quarantined)

),

final as (

    select
        {{ text("'ledger.rows_rarely_quarantined'") }} as rule_id,
        readings.unit_code,
        readings.form,
        readings.period,
        -- A sheet that was refused as a whole has no row number, and so no address of a row.
        substr(quarantine.file_sha256, 1, 16)
        || ':' || {{ text('quarantine.sheet_no') }}
        || ':' || {{ text('quarantine.row_no') }} as row_id,
        quarantine.column_name,
        quarantine.file_path,
        quarantine.sheet_name,
        quarantine.reason_zh as what_zh,
        quarantine.reason_en as what_en
    from {{ ref('stg_quarantine') }} as quarantine
    inner join readings
        on
            quarantine.submission_id = readings.submission_id
            and quarantine.batch_id = readings.batch_id
    inner join losses
        on
            readings.form = losses.form
            and readings.period = losses.period
    where quarantine.kind in ('row', 'sheet')

)

select * from final
