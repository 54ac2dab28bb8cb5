-- Where the ledgers themselves are not fit: units that owe a report in a month of gross gaps, and the
-- quarantined rows of a form and month that lost too many.
with limits as (

    select
        max(case when limit_id = 'received_min_share' then limit_value end) as min_received,
        max(case when limit_id = 'quarantined_max_share' then limit_value end) as max_quarantined,
        max(case when limit_id = 'quarantined_min_rows' then limit_value end) as min_rows
    from {{ ref('gate_limits') }}

),

due as (

    select * from {{ ref('int_reports_due') }}
    where is_due = 1

),

gaps as (

    select
        due.form,
        due.month
    from due
    cross join limits
    group by due.form, due.month
    having sum(due.is_received) < count(*) * max(limits.min_received)

),

missing_units as (

    select
        cast('ledger.units_due_reported' as {{ dbt.type_string() }}) as rule_id,
        due.unit_code,
        due.form,
        due.month as period,
        cast(null as {{ dbt.type_string() }}) as row_id,
        cast(null as {{ dbt.type_string() }}) as column_name,
        cast(null as {{ dbt.type_string() }}) as file_path,
        cast(null as {{ dbt.type_string() }}) as sheet_name,
        cast('应报而未报' as {{ dbt.type_string() }}) as what_zh,
        cast('This report is due and has not come in' as {{ dbt.type_string() }}) as what_en
    from due
    inner join gaps
        on
            due.form = gaps.form
            and due.month = gaps.month
    where due.is_received = 0

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

quarantined_rows as (

    select
        cast('ledger.rows_rarely_quarantined' as {{ dbt.type_string() }}) as rule_id,
        readings.unit_code,
        readings.form,
        readings.period,
        case
            when quarantine.row_no is not null
                then concat(
                    substr(quarantine.file_sha256, 1, 16), ':',
                    cast(quarantine.sheet_no as {{ dbt.type_string() }}), ':',
                    cast(quarantine.row_no as {{ dbt.type_string() }})
                )
        end as row_id,
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

select * from missing_units
union all
select * from quarantined_rows
