with ledger as (

    select * from {{ ref('stg_l05') }}

),

current_submissions as (

    select * from {{ ref('int_submissions_current') }}
    where form = 'L05'

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
        ledger.direction,
        ledger.reason_code,
        ledger.other_division,
        ledger.move_date,
        ledger.hukou_type,
        ledger.id_status
    from ledger
    inner join current_submissions
        on
            ledger.submission_id = current_submissions.submission_id
            and ledger.batch_id = current_submissions.batch_id

)

select * from final
