with source as (

    select * from {{ source('lake', 'L02') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('mother_key') }} as mother_key,
        {{ text('sex') }} as sex,
        cast(birth_date as date) as birth_date,
        cast(birth_order as integer) as birth_order,
        {{ text('birth_event_type') }} as birth_event_type,
        {{ text('mother_birth_month') }} as mother_birth_month,
        {{ text('policy_status') }} as policy_status,
        {{ text('report_month') }} as report_month,
        cast(hukou_date as date) as hukou_date,
        cast(alive as boolean) as alive,
        {{ text('id_status') }} as id_status
    from source

)

select * from renamed
