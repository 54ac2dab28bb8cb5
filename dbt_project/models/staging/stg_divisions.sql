with source as (

    select * from {{ source('reference', 'divisions') }}

),

renamed as (

    select
        {{ text('division_code') }} as division_code,
        {{ text('name_zh') }} as name_zh,
        {{ text('name_en') }} as name_en,
        {{ text('division_level') }} as division_level,
        {{ text('parent_code') }} as parent_code,
        {{ text('county_code') }} as county_code,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to
    from source

)

select * from renamed
