-- Object: a receipt of a case whose decision date is known, while the fee was in force.
with receipts as (

    select * from {{ ref('int_fee_receipts') }}
    where mark_code = 'normal' and decision_date is not null

),

registry as (

    select * from {{ ref('check_registry') }}
    where check_id = 'AC-01'

),

final as (

    select
        receipts.fee_unit_code as unit_code,
        'L12' as form,
        {{ month_of('receipts.payment_date') }} as period,
        receipts.row_id,
        receipts.submission_id,
        cast(null as {{ dbt.type_string() }}) as against_submission_id,
        'payment_date' as column_name,
        1 as tested,
        case when receipts.payment_date < receipts.decision_date then 1 else 0 end as failed,
        case
            when receipts.payment_date < receipts.decision_date
                then receipts.collected_yuan + receipts.surcharge_yuan
            else 0
        end as yuan
    from receipts
    inner join registry
        on
            receipts.payment_date >= registry.valid_from
            and receipts.payment_date < registry.valid_to

)

{{ check_result('final') }}
