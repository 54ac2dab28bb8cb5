with source as (

    select * from {{ source('lake', 'L20') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        cast(disclosure_year as integer) as disclosure_year,
        {{ text('item_code') }} as item_code,
        cast(due_date as date) as due_date,
        cast(published_date as date) as published_date,
        {{ text('carrier_code') }} as carrier_code,
        cast(term_days as integer) as term_days,
        cast(objections_count as integer) as objections_count,
        {{ text('outcome_code') }} as outcome_code
    from source

)

select * from renamed
