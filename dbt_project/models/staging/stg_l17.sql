with source as (

    select * from {{ source('lake', 'L17') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        cast(target_year as integer) as target_year,
        {{ text('metric_code') }} as metric_code,
        cast(has_definition as boolean) as has_definition,
        {{ text('direction_code') }} as direction_code,
        cast(target_value as decimal(16, 4)) as target_value,
        {{ text('measure_code') }} as measure_code,
        cast(weight as decimal(8, 2)) as weight,
        cast(signed_date as date) as signed_date
    from source

)

select * from renamed
