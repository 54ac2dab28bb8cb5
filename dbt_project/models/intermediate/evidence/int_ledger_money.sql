-- Receipts added up by the shortest way, straight from the ledger rows and past all bookkeeping; a numbered
-- receipt of a case that an earlier month told in the same words is left out.
with listed as (

    select
        payments.*,
        coalesce(payments.mark_code, 'normal') as mark,
        coalesce(payments.surcharge_yuan, 0) as surcharge
    from {{ ref('stg_l12') }} as payments
    {{ in_force('payments') }}

),

told_before as (

    select distinct listed.row_id
    from listed
    inner join listed as earlier
        on
            listed.unit_code = earlier.unit_code
            and listed.receipt_no = earlier.receipt_no
            and listed.case_key = earlier.case_key
            and listed.payment_date = earlier.payment_date
            and listed.amount_yuan = earlier.amount_yuan
            and listed.surcharge = earlier.surcharge
            and listed.mark = earlier.mark
            and listed.period > earlier.period

),

receipts as (

    select
        coalesce(cases.township_code, units.township_code) as unit_code,
        {{ month_of('payments.payment_date') }} as period,
        payments.mark as mark_code,
        payments.amount_yuan,
        payments.surcharge as surcharge_yuan
    from listed as payments
    inner join {{ ref('int_fee_units') }} as units on payments.unit_code = units.unit_code
    left join {{ ref('int_fee_cases') }} as cases on payments.case_key = cases.case_key
    left join told_before on payments.row_id = told_before.row_id
    where told_before.row_id is null

),

final as (

    select
        unit_code,
        period,
        sum(case mark_code
            when 'normal' then amount_yuan - surcharge_yuan
            when 'reversal' then abs(surcharge_yuan) - abs(amount_yuan)
            else 0
        end) as collected_yuan,
        sum(case mark_code
            when 'normal' then surcharge_yuan
            when 'reversal' then -abs(surcharge_yuan)
            else 0
        end) as surcharge_yuan,
        sum(case when mark_code = 'refund' then abs(amount_yuan) - abs(surcharge_yuan) else 0 end)
            as refunded_yuan
    from receipts
    group by unit_code, period

)

select * from final
