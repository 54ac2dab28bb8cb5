with source as (

    select * from {{ source('lake', 'quarantine') }}

),

renamed as (

    select
        {{ text('batch_id') }} as batch_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('file_sha256') }} as file_sha256,
        {{ text('file_path') }} as file_path,
        cast(sheet_no as integer) as sheet_no,
        {{ text('sheet_name') }} as sheet_name,
        cast(row_no as integer) as row_no,
        {{ text('column_name') }} as column_name,
        {{ text('header') }} as header,
        {{ text('cell') }} as cell,
        {{ text('form') }} as form,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('kind') }} as kind,
        {{ text('rule_id') }} as rule_id,
        {{ text('raw_text') }} as raw_text,
        {{ text('shape') }} as shape,
        {{ text('reason_en') }} as reason_en,
        {{ text('reason_zh') }} as reason_zh,
        {{ text('hint_en') }} as hint_en,
        {{ text('hint_zh') }} as hint_zh
    from source

)

select * from renamed
