-- Object: a receipt with a surcharge on a case whose due date is known. What was charged too much so far
-- is the highest lead of the surcharges received over the lawful ones, so no excess counts twice.
with receipts as (

    select
        *,
        sum(surcharge_yuan - surcharge_refunded_yuan) over (
            partition by case_key
            order by payment_date asc nulls last, row_id asc nulls last
            rows between unbounded preceding and current row
        ) as charged_yuan
    from {{ ref('int_fee_receipts') }}
    where due_on is not null

),

lawful as (

    select * from {{ ref('int_fee_surcharge_lawful') }}

),

compared as (

    select
        receipts.*,
        coalesce(lawful.unpaid_yuan * lawful.surcharge_rate_month, 0) + 1 as tolerance_yuan,
        max(greatest(receipts.charged_yuan - coalesce(lawful.lawful_to_date_yuan, 0), 0)) over (
            partition by receipts.case_key
            order by receipts.payment_date asc nulls last, receipts.row_id asc nulls last
            rows between unbounded preceding and current row
        ) as excess_to_date_yuan
    from receipts
    left join lawful
        on
            receipts.case_key = lawful.case_key
            and receipts.payment_date = lawful.segment_end

),

excesses as (

    select
        *,
        excess_to_date_yuan - coalesce(lag(excess_to_date_yuan) over (
            partition by case_key
            order by payment_date asc nulls last, row_id asc nulls last
        ), 0) as excess_yuan
    from compared

),

registry as (

    select * from {{ ref('check_registry') }}
    where check_id = 'AC-14'

),

final as (

    select
        excesses.fee_unit_code as unit_code,
        'L12' as form,
        {{ month_of('excesses.payment_date') }} as period,
        excesses.row_id,
        excesses.submission_id,
        cast(null as {{ dbt.type_string() }}) as against_submission_id,
        'surcharge_yuan' as column_name,
        1 as tested,
        case when excesses.excess_yuan > excesses.tolerance_yuan then 1 else 0 end as failed,
        case
            when excesses.excess_yuan > excesses.tolerance_yuan then excesses.excess_yuan
            else 0
        end as yuan
    from excesses
    inner join registry
        on
            excesses.payment_date >= registry.valid_from
            and excesses.payment_date < registry.valid_to
    where excesses.mark_code = 'normal' and excesses.surcharge_yuan > 0

)

{{ check_result('final') }}
