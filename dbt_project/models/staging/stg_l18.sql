with source as (

    select * from {{ source('lake', 'L18') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        cast(round_year as integer) as round_year,
        cast(round_no as integer) as round_no,
        cast(planned_date as date) as planned_date,
        cast(held_date as date) as held_date,
        {{ text('subject_code') }} as subject_code,
        cast(findings_count as integer) as findings_count,
        {{ text('published_class') }} as published_class,
        cast(mend_by_date as date) as mend_by_date,
        cast(mended_date as date) as mended_date
    from source

)

select * from renamed
