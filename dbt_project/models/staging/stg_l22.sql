with source as (

    select * from {{ source('lake', 'L22') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        cast(booked_date as date) as booked_date,
        {{ text('subject_code') }} as subject_code,
        cast(amount_yuan as decimal(14, 2)) as amount_yuan
    from source

)

select * from renamed
