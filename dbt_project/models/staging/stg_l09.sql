with source as (

    select * from {{ source('lake', 'L09') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('item_code') }} as item_code,
        {{ text('batch_no') }} as batch_no,
        {{ text('expiry_month') }} as expiry_month,
        {{ text('quantity_unit') }} as quantity_unit,
        cast(received_date as date) as received_date,
        cast(issue_date as date) as issue_date,
        cast(opening_quantity as integer) as opening_quantity,
        cast(received_quantity as integer) as received_quantity,
        cast(issued_quantity as integer) as issued_quantity,
        cast(lost_quantity as integer) as lost_quantity,
        cast(closing_quantity as integer) as closing_quantity,
        cast(counted_quantity as integer) as counted_quantity,
        cast(contacts as integer) as contacts,
        cast(has_informed_consent as boolean) as has_informed_consent,
        {{ text('service_code') }} as service_code,
        cast(case_count as integer) as case_count,
        cast(funds_yuan as decimal(14, 2)) as funds_yuan
    from source

)

select * from renamed
