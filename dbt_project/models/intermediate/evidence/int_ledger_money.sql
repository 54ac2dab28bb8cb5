-- Receipts added up by the shortest way, straight from the ledger rows and past all bookkeeping.
with receipts as (

    select
        coalesce(cases.township_code, units.township_code) as unit_code,
        {{ month_of('payments.payment_date') }} as period,
        coalesce(payments.mark_code, 'normal') as mark_code,
        payments.amount_yuan,
        coalesce(payments.surcharge_yuan, 0) as surcharge_yuan
    from {{ ref('stg_l12') }} as payments
    inner join {{ ref('int_submissions_current') }} as submissions
        on
            payments.submission_id = submissions.submission_id
            and payments.batch_id = submissions.batch_id
    inner join {{ ref('int_fee_units') }} as units on payments.unit_code = units.unit_code
    left join {{ ref('int_fee_cases') }} as cases on payments.case_key = cases.case_key

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
