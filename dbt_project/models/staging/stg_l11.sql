with source as (

    select * from {{ source('lake', 'L11') }}

),

renamed as (

    select
        {{ text('row_id') }} as row_id,
        {{ text('submission_id') }} as submission_id,
        {{ text('batch_id') }} as batch_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('period') }} as period,
        {{ text('case_key') }} as case_key,
        cast(party_count as integer) as party_count,
        {{ text('fact_class') }} as fact_class,
        cast(birth_date as date) as birth_date,
        cast(file_date as date) as file_date,
        cast(decision_date as date) as decision_date,
        cast(service_date as date) as service_date,
        cast(base_year as integer) as base_year,
        cast(base_income_yuan as decimal(14, 2)) as base_income_yuan,
        cast(multiple as decimal(8, 2)) as multiple,
        cast(amount_yuan as decimal(14, 2)) as amount_yuan,
        cast(due_date as date) as due_date,
        cast(instalment_request_date as date) as instalment_request_date,
        cast(instalment_approval_date as date) as instalment_approval_date,
        cast(court_application_date as date) as court_application_date,
        cast(court_recovered_yuan as decimal(14, 2)) as court_recovered_yuan,
        cast(waived_yuan as decimal(14, 2)) as waived_yuan,
        cast(waived_date as date) as waived_date,
        cast(written_off_yuan as decimal(14, 2)) as written_off_yuan,
        cast(written_off_date as date) as written_off_date,
        {{ text('status_code') }} as status_code,
        cast(status_date as date) as status_date,
        cast(is_delegated as boolean) as is_delegated,
        {{ text('body_code') }} as body_code,
        cast(instalment_plan as integer) as instalment_plan,
        {{ text('review_code') }} as review_code,
        cast(review_date as date) as review_date
    from source

)

select * from renamed
