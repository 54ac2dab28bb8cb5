with source as (

    select * from {{ source('lake', 'control_totals') }}

),

renamed as (

    select
        {{ text('batch_id') }} as batch_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('form') }} as form,
        {{ text('period') }} as period,
        {{ text('row_id') }} as row_id,
        {{ text('column_name') }} as column_name,
        cast(stated as decimal(18, 2)) as stated
    from source

)

select * from renamed
