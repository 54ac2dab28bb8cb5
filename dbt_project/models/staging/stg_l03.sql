with source as (

    select * from {{ source('lake', 'L03') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('person_key') }} as person_key,
        {{ text('sex') }} as sex,
        {{ text('birth_month') }} as birth_month,
        cast(death_date as date) as death_date,
        {{ text('report_month') }} as report_month,
        cast(cancel_date as date) as cancel_date,
        {{ text('id_status') }} as id_status
    from source

)

select * from renamed
