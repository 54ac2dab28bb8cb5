with ledger as (

    select * from {{ ref('stg_l01') }}

),

current_submissions as (

    select * from {{ ref('int_submissions_current') }}
    where form = 'L01'

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
        ledger.household_key,
        ledger.sex,
        ledger.birth_month,
        ledger.relation_code,
        ledger.marital_code,
        ledger.hukou_type,
        ledger.hukou_status,
        ledger.in_date,
        ledger.in_reason,
        ledger.out_date,
        ledger.out_reason,
        ledger.id_status
    from ledger
    inner join current_submissions
        on
            ledger.submission_id = current_submissions.submission_id
            and ledger.batch_id = current_submissions.batch_id

)

select * from final
