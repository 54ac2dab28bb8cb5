with source as (

    select * from {{ source('lake', 'L23') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        cast(cases_due as integer) as cases_due,
        cast(cases_filed as integer) as cases_filed,
        cast(cases_decided as integer) as cases_decided,
        cast(cases_paid as integer) as cases_paid,
        cast(filing_percent as decimal(8, 2)) as filing_percent,
        cast(case_collection_percent as decimal(8, 2)) as case_collection_percent,
        cast(opening_yuan as decimal(14, 2)) as opening_yuan,
        cast(assessed_yuan as decimal(14, 2)) as assessed_yuan,
        cast(annulled_yuan as decimal(14, 2)) as annulled_yuan,
        cast(collected_yuan as decimal(14, 2)) as collected_yuan,
        cast(surcharge_yuan as decimal(14, 2)) as surcharge_yuan,
        cast(refunded_yuan as decimal(14, 2)) as refunded_yuan,
        cast(waived_yuan as decimal(14, 2)) as waived_yuan,
        cast(written_off_yuan as decimal(14, 2)) as written_off_yuan,
        cast(terminated_yuan as decimal(14, 2)) as terminated_yuan,
        cast(closing_yuan as decimal(14, 2)) as closing_yuan,
        cast(remitted_yuan as decimal(14, 2)) as remitted_yuan
    from source

)

select * from renamed
