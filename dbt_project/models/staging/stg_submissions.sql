with source as (

    select * from {{ source('lake', 'submissions') }}

),

renamed as (

    select
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        cast(batch_no as bigint) as batch_no,
        {{ text('file_sha256') }} as file_sha256,
        {{ text('file_path') }} as file_path,
        cast(sheet_no as integer) as sheet_no,
        {{ text('sheet_name') }} as sheet_name,
        {{ text('unit_code') }} as unit_code,
        {{ text('form') }} as form,
        {{ text('period') }} as period,
        {{ text('layout') }} as layout,
        cast(received_on as date) as received_on,
        cast(stated_version as integer) as stated_version,
        cast(stated_date as date) as stated_date,
        cast(first_seen as date) as first_seen,
        {{ text('status') }} as status,
        {{ text('rule_id') }} as rule_id,
        cast(rows_seen as integer) as rows_seen,
        cast(accepted as integer) as accepted,
        cast(quarantined as integer) as quarantined,
        cast(duplicate as integer) as duplicate,
        cast(non_data as integer) as non_data,
        cast(fields_expected as integer) as fields_expected,
        cast(fields_filled as integer) as fields_filled,
        cast(ids_present as integer) as ids_present,
        cast(ids_valid as integer) as ids_valid,
        {{ text('reading') }} as reading
    from source

)

select * from renamed
