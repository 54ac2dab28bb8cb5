with source as (

    select * from {{ source('lake', 'L01') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('person_key') }} as person_key,
        {{ text('household_key') }} as household_key,
        {{ text('sex') }} as sex,
        {{ text('birth_month') }} as birth_month,
        {{ text('relation_code') }} as relation_code,
        {{ text('marital_code') }} as marital_code,
        {{ text('hukou_type') }} as hukou_type,
        {{ text('hukou_status') }} as hukou_status,
        cast(in_date as date) as in_date,
        {{ text('in_reason') }} as in_reason,
        cast(out_date as date) as out_date,
        {{ text('out_reason') }} as out_reason,
        {{ text('id_status') }} as id_status
    from source

)

select * from renamed
