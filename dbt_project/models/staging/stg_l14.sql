with source as (

    select * from {{ source('lake', 'L14') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('slip_no') }} as slip_no,
        cast(remitted_date as date) as remitted_date,
        {{ text('subject_code') }} as subject_code,
        cast(remitted_yuan as decimal(14, 2)) as remitted_yuan,
        {{ text('account_code') }} as account_code,
        {{ text('for_month') }} as for_month,
        cast(returned_date as date) as returned_date,
        {{ text('returned_reason') }} as returned_reason,
        cast(returned_yuan as decimal(14, 2)) as returned_yuan,
        {{ text('payee_unit') }} as payee_unit
    from source

)

select * from renamed
