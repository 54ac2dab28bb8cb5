-- What each decided case was assessed and has paid in principal, net of refunds, since its beginning.
with receipts as (

    select
        case_key,
        sum(collected_yuan - refunded_yuan) as principal_yuan,
        max(collected_yuan) as largest_yuan
    from {{ ref('int_fee_receipts') }}
    group by case_key

),

final as (

    select
        cases.case_key,
        cases.fee_unit_code,
        cases.assessed_yuan,
        coalesce(receipts.principal_yuan, cast(0 as decimal(18, 2))) as principal_yuan,
        coalesce(receipts.largest_yuan, cast(0 as decimal(18, 2))) as largest_yuan,
        case when receipts.principal_yuan > cases.assessed_yuan then 1 else 0 end as is_over
    from {{ ref('int_fee_cases') }} as cases
    left join receipts on cases.case_key = receipts.case_key
    where cases.assessed_yuan is not null

)

select * from final
