-- Object: a decision of a month that reaches into the time without the fee; which day ended it is a matter of
-- the policy regime of the division.
with final as (

    select
        fee_unit_code as unit_code,
        'L11' as form,
        {{ month_of('decision_date') }} as period,
        row_id,
        submission_id,
        cast(null as {{ dbt.type_string() }}) as against_submission_id,
        'decision_date' as column_name,
        1 as tested,
        case when decision_date >= collection_ends_on then 1 else 0 end as failed,
        case when decision_date >= collection_ends_on then assessed_yuan else 0 end as yuan
    from {{ ref('int_fee_cases') }}
    where
        assessed_yuan is not null
        and {{ month_of('decision_date') }} >= {{ month_of('collection_ends_on') }}

)

{{ check_result('final') }}
