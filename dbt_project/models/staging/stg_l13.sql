with source as (

    select * from {{ source('lake', 'L13') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('holder_unit') }} as holder_unit,
        {{ text('batch_no') }} as batch_no,
        {{ text('first_no') }} as first_no,
        {{ text('last_no') }} as last_no,
        cast(drawn_date as date) as drawn_date,
        cast(drawn_count as integer) as drawn_count,
        cast(used_count as integer) as used_count,
        cast(void_count as integer) as void_count,
        cast(left_count as integer) as left_count,
        cast(cleared_date as date) as cleared_date
    from source

)

select * from renamed
