with source as (

    select * from {{ source('lake', 'L15') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('programme_code') }} as programme_code,
        cast(benefit_year as integer) as benefit_year,
        {{ text('person_key') }} as person_key,
        {{ text('birth_month') }} as birth_month,
        {{ text('ground_code') }} as ground_code,
        cast(application_date as date) as application_date,
        cast(village_review_date as date) as village_review_date,
        cast(posted_from as date) as posted_from,
        cast(posted_to as date) as posted_to,
        {{ text('posting_result') }} as posting_result,
        cast(township_review_date as date) as township_review_date,
        cast(confirmed_date as date) as confirmed_date,
        {{ text('from_month') }} as from_month,
        {{ text('to_month') }} as to_month,
        {{ text('end_reason_code') }} as end_reason_code,
        cast(standard_yuan as decimal(14, 2)) as standard_yuan,
        cast(standard_year_yuan as decimal(14, 2)) as standard_year_yuan,
        cast(due_yuan as decimal(14, 2)) as due_yuan,
        cast(paid_yuan as decimal(14, 2)) as paid_yuan,
        cast(due_date as date) as due_date,
        cast(paid_date as date) as paid_date,
        {{ text('channel_code') }} as channel_code,
        cast(account_is_own as boolean) as account_is_own,
        cast(reclaimed_yuan as decimal(14, 2)) as reclaimed_yuan,
        {{ text('id_status') }} as id_status
    from source

)

select * from renamed
