with source as (

    select * from {{ source('lake', 'L04') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('event') }} as event,
        cast(event_date as date) as event_date,
        {{ text('husband_key') }} as husband_key,
        {{ text('wife_key') }} as wife_key,
        {{ text('husband_order') }} as husband_order,
        {{ text('wife_order') }} as wife_order,
        {{ text('husband_area') }} as husband_area,
        {{ text('wife_area') }} as wife_area,
        {{ text('husband_id_status') }} as husband_id_status,
        {{ text('wife_id_status') }} as wife_id_status
    from source

)

select * from renamed
