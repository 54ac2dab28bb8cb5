with source as (

    select * from {{ source('reference', 'reporting_units') }}

),

renamed as (

    select
        {{ text('unit_code') }} as unit_code,
        {{ text('form') }} as form,
        cast(due_from as date) as due_from,
        cast(due_to as date) as due_to
    from source

)

select * from renamed
