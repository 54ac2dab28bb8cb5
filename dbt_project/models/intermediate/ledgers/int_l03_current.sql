with ledger as (

    select * from {{ ref('stg_l03') }}

),

current_submissions as (

    select * from {{ ref('int_submissions_current') }}
    where form = 'L03'

),

final as (

    select
        ledger.row_id,
        ledger.submission_id,
        ledger.batch_id,
        ledger.unit_code,
        current_submissions.division_code,
        ledger.period,
        ledger.person_key,
        ledger.sex,
        ledger.birth_month,
        ledger.death_date,
        ledger.report_month,
        ledger.cancel_date,
        ledger.id_status
    from ledger
    inner join current_submissions
        on
            ledger.submission_id = current_submissions.submission_id
            and ledger.batch_id = current_submissions.batch_id

)

select * from final
