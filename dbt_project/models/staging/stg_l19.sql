with source as (

    select * from {{ source('lake', 'L19') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        cast(fund_year as integer) as fund_year,
        {{ text('source_code') }} as source_code,
        {{ text('subject_code') }} as subject_code,
        cast(budget_yuan as decimal(14, 2)) as budget_yuan,
        cast(received_yuan as decimal(14, 2)) as received_yuan,
        cast(spent_yuan as decimal(14, 2)) as spent_yuan,
        cast(returned_yuan as decimal(14, 2)) as returned_yuan,
        cast(balance_yuan as decimal(14, 2)) as balance_yuan,
        cast(revenue_growth_percent as decimal(8, 2)) as revenue_growth_percent
    from source

)

select * from renamed
