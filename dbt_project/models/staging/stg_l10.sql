with source as (

    select * from {{ source('lake', 'L10') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('service_code') }} as service_code,
        cast(service_date as date) as service_date,
        cast(couples as integer) as couples,
        cast(persons as integer) as persons,
        cast(contacts as integer) as contacts,
        cast(annual_target as integer) as annual_target,
        cast(funds_yuan as decimal(14, 2)) as funds_yuan
    from source

)

select * from renamed
