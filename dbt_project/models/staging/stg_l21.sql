with source as (

    select * from {{ source('lake', 'L21') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('old_code') }} as old_code,
        {{ text('new_code') }} as new_code,
        {{ text('change_code') }} as change_code,
        cast(effective_date as date) as effective_date,
        {{ text('document_no') }} as document_no,
        cast(population_share as decimal(9, 6)) as population_share
    from source

)

select * from renamed
