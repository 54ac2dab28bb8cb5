with ledger as (

    select * from {{ ref('stg_l10') }}

),

current_submissions as (

    select * from {{ ref('int_submissions_current') }}
    where form = 'L10'

),

final as (

    select
        ledger.row_id,
        ledger.submission_id,
        ledger.unit_code,
        ledger.period,
        current_submissions.received_on,
        ledger.service_code,
        ledger.service_date,
        ledger.couples,
        ledger.persons,
        ledger.contacts,
        ledger.annual_target
    from ledger
    inner join current_submissions
        on
            ledger.submission_id = current_submissions.submission_id
            and ledger.batch_id = current_submissions.batch_id

)

select * from final
