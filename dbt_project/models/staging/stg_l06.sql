with source as (

    select * from {{ source('lake', 'L06') }}

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
        {{ text('marital_code') }} as marital_code,
        {{ text('direction') }} as direction,
        {{ text('other_area') }} as other_area,
        cast(moved_date as date) as moved_date,
        cast(left_date as date) as left_date,
        {{ text('reason_code') }} as reason_code,
        cast(has_certificate as boolean) as has_certificate,
        cast(verified_date as date) as verified_date,
        cast(filed_date as date) as filed_date,
        {{ text('id_status') }} as id_status
    from source

)

select * from renamed
