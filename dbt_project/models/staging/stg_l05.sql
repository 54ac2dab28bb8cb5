with source as (

    select * from {{ source('lake', 'L05') }}

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
        {{ text('direction') }} as direction,
        {{ text('reason_code') }} as reason_code,
        {{ text('other_division') }} as other_division,
        cast(move_date as date) as move_date,
        {{ text('hukou_type') }} as hukou_type,
        {{ text('id_status') }} as id_status
    from source

)

select * from renamed
