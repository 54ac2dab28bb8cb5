with source as (

    select * from {{ source('lake', 'L07') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        cast(households as integer) as households,
        cast(population as integer) as population,
        cast(population_male as integer) as population_male,
        cast(population_female as integer) as population_female,
        cast(resident_population as integer) as resident_population,
        cast(women_15_49 as integer) as women_15_49,
        cast(women_15_49_married as integer) as women_15_49_married,
        cast(births as integer) as births,
        cast(births_male as integer) as births_male,
        cast(births_female as integer) as births_female,
        cast(deaths as integer) as deaths
    from source

)

select * from renamed
