with ledger as (

    select * from {{ ref('stg_l02') }}

),

current_submissions as (

    select * from {{ ref('int_submissions_current') }}
    where form = 'L02'

),

final as (

    select
        ledger.row_id,
        ledger.submission_id,
        ledger.batch_id,
        ledger.unit_code,
        current_submissions.division_code,
        ledger.period,
        ledger.mother_key,
        ledger.sex,
        ledger.birth_date,
        ledger.birth_order,
        ledger.birth_event_type,
        ledger.mother_birth_month,
        ledger.policy_status,
        ledger.report_month,
        ledger.hukou_date,
        ledger.alive,
        ledger.id_status
    from ledger
    inner join current_submissions
        on
            ledger.submission_id = current_submissions.submission_id
            and ledger.batch_id = current_submissions.batch_id

)

select * from final
