-- R-20: the amount includes the surcharge; a void receipt moves no money, a reversal takes back,
-- a refund (either sign in the ledger) pays back. A numbered receipt that a later month lists again, the same
-- in every part, is one receipt and counts in the month that told it first.
with listed as (

    select
        payments.*,
        coalesce(payments.case_key, payments.row_id) as case_ref,
        coalesce(payments.mark_code, 'normal') as mark,
        coalesce(payments.surcharge_yuan, cast(0 as decimal(14, 2))) as surcharge_part
    from {{ ref('stg_l12') }} as payments
    {{ in_force('payments') }}
    where
        payments.payment_date is not null
        and payments.amount_yuan is not null

),

payments as (

    select listed.*
    from listed
    left join {{ ref('int_fee_receipts_repeated') }} as repeated on listed.row_id = repeated.row_id
    where repeated.row_id is null

),

split as (

    select
        *,
        case mark
            when 'normal' then amount_yuan - surcharge_part
            when 'reversal' then abs(surcharge_part) - abs(amount_yuan)
            else 0
        end as collected,
        case mark
            when 'normal' then surcharge_part
            when 'reversal' then -abs(surcharge_part)
            else 0
        end as surcharge,
        case when mark = 'refund' then abs(amount_yuan) - abs(surcharge_part) else 0 end as refunded,
        case when mark = 'refund' then abs(surcharge_part) else 0 end as surcharge_refunded
    from payments

),

final as (

    select
        split.row_id,
        split.submission_id,
        split.unit_code,
        split.period,
        split.case_ref as case_key,
        coalesce(cases.fee_unit_code, units.fee_unit_code) as fee_unit_code,
        coalesce(cases.township_code, units.township_code) as township_code,
        coalesce(cases.county_code, units.county_code) as county_code,
        coalesce(cases.collection_ends_on, units.collection_ends_on) as collection_ends_on,
        split.payment_date,
        split.mark as mark_code,
        split.channel_code,
        split.payer_type,
        split.charge_item,
        split.receipt_no,
        split.entry_date,
        cases.birth_date,
        cases.decision_date,
        cases.service_date,
        cases.due_on,
        cases.assessed_yuan,
        cast(split.collected as decimal(14, 2)) as collected_yuan,
        cast(split.surcharge as decimal(14, 2)) as surcharge_yuan,
        cast(split.refunded as decimal(14, 2)) as refunded_yuan,
        cast(split.surcharge_refunded as decimal(14, 2)) as surcharge_refunded_yuan
    from split
    inner join {{ ref('int_fee_units') }} as units
        on split.unit_code = units.unit_code
    left join {{ ref('int_fee_cases') }} as cases
        on split.case_ref = cases.case_key

)

select * from final
