-- R-23: what is brought to court is the principal open on the day of the application, and the lawful
-- surcharge that has grown on it and was not yet paid.
with applications as (

    select
        case_key,
        row_id,
        township_code,
        county_code,
        fee_unit_code,
        court_applied_on
    from {{ ref('int_fee_cases') }}
    where court_applied_on is not null and assessed_yuan <> 0

),

principal as (

    select
        applications.case_key,
        sum(balances.outstanding_change_yuan) as principal_yuan
    from applications
    inner join {{ ref('int_fee_case_balances') }} as balances
        on
            applications.case_key = balances.case_key
            and applications.court_applied_on >= balances.event_date
    group by applications.case_key

),

accrued as (

    select
        applications.case_key,
        sum(segments.lawful_yuan) as accrued_yuan
    from applications
    inner join {{ ref('int_fee_surcharge_lawful') }} as segments
        on
            applications.case_key = segments.case_key
            and applications.court_applied_on >= segments.segment_end
    group by applications.case_key

),

paid as (

    select
        applications.case_key,
        sum(receipts.surcharge_yuan - receipts.surcharge_refunded_yuan) as paid_yuan
    from applications
    inner join {{ ref('int_fee_receipts') }} as receipts
        on
            applications.case_key = receipts.case_key
            and applications.court_applied_on >= receipts.payment_date
    group by applications.case_key

),

final as (

    select
        applications.case_key,
        applications.row_id,
        applications.fee_unit_code,
        applications.township_code,
        applications.county_code,
        applications.court_applied_on as event_date,
        cast('court_applied' as {{ dbt.type_string() }}) as flow,
        cast(
            coalesce(principal.principal_yuan, 0)
            + greatest(coalesce(accrued.accrued_yuan, 0) - coalesce(paid.paid_yuan, 0), 0)
            as decimal(14, 2)
        ) as amount_yuan
    from applications
    left join principal
        on applications.case_key = principal.case_key
    left join accrued
        on applications.case_key = accrued.case_key
    left join paid
        on applications.case_key = paid.case_key

)

select * from final
