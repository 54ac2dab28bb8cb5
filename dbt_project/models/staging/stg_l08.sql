with source as (

    select * from {{ source('lake', 'L08') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('service_key') }} as service_key,
        {{ text('served_person_key') }} as served_person_key,
        {{ text('service_code') }} as service_code,
        cast(service_date as date) as service_date,
        cast(due_date as date) as due_date,
        cast(is_done as boolean) as is_done,
        {{ text('resident_type') }} as resident_type,
        {{ text('birth_month') }} as birth_month,
        {{ text('funding_code') }} as funding_code,
        cast(amount_yuan as decimal(14, 2)) as amount_yuan,
        {{ text('id_status') }} as id_status
    from source

)

select * from renamed
