with source as (

    select * from {{ source('lake', 'L12') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('case_key') }} as case_key,
        {{ text('receipt_no') }} as receipt_no,
        cast(payment_date as date) as payment_date,
        cast(amount_yuan as decimal(14, 2)) as amount_yuan,
        cast(surcharge_yuan as decimal(14, 2)) as surcharge_yuan,
        {{ text('channel_code') }} as channel_code,
        {{ text('issuing_unit') }} as issuing_unit,
        {{ text('payer_type') }} as payer_type,
        cast(instalment_no as integer) as instalment_no,
        {{ text('mark_code') }} as mark_code,
        {{ text('charge_item') }} as charge_item,
        cast(entry_date as date) as entry_date
    from source

)

select * from renamed
