with source as (

    select * from {{ source('lake', 'L16') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        cast(opening as integer) as opening,
        cast(closing as integer) as closing,
        cast(births as integer) as births,
        cast(births_male as integer) as births_male,
        cast(births_female as integer) as births_female,
        cast(births_order_1 as integer) as births_order_1,
        cast(births_order_2 as integer) as births_order_2,
        cast(births_order_3 as integer) as births_order_3,
        cast(births_prev_unreported as integer) as births_prev_unreported,
        cast(deaths as integer) as deaths,
        cast(moved_in as integer) as moved_in,
        cast(moved_out as integer) as moved_out,
        cast(float_in as integer) as float_in,
        cast(float_out as integer) as float_out,
        cast(marriages as integer) as marriages
    from source

)

select * from renamed
