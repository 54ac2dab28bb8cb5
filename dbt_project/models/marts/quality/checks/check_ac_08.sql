-- Object: a receipt of a month that reaches into the time without the fee; which day ended it is a
-- matter of the policy regime of the division.
with receipts as (

    select * from {{ ref('int_fee_receipts') }}
    where mark_code = 'normal'

),

final as (

    select
        fee_unit_code as unit_code,
        'L12' as form,
        {{ month_of('payment_date') }} as period,
        row_id,
        submission_id,
        cast(null as {{ dbt.type_string() }}) as against_submission_id,
        'payment_date' as column_name,
        1 as tested,
        case when payment_date >= collection_ends_on then 1 else 0 end as failed,
        case
            when payment_date >= collection_ends_on then collected_yuan + surcharge_yuan
            else 0
        end as yuan
    from receipts
    where {{ month_of('payment_date') }} >= {{ month_of('collection_ends_on') }}

)

{{ check_result('final') }}
