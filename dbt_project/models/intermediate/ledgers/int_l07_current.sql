with ledger as (

    select * from {{ ref('stg_l07') }}

),

current_submissions as (

    select * from {{ ref('int_submissions_current') }}
    where form = 'L07'

),

final as (

    select
        ledger.row_id,
        ledger.submission_id,
        ledger.batch_id,
        ledger.unit_code,
        ledger.period,
        ledger.population,
        ledger.births,
        ledger.deaths
    from ledger
    inner join current_submissions
        on
            ledger.submission_id = current_submissions.submission_id
            and ledger.batch_id = current_submissions.batch_id

)

select * from final
