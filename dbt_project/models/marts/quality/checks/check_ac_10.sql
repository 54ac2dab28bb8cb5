-- Object: a refund of principal after collection ended, of a case that is on file. It fails if neither an
-- annulment nor money received beyond what was due stands behind it.
with refunds as (

    select
        receipts.*,
        cases.annulled_on,
        balances.refund_due_yuan - balances.refund_due_change_yuan as due_before_yuan
    from {{ ref('int_fee_receipts') }} as receipts
    inner join {{ ref('int_fee_cases') }} as cases on receipts.case_key = cases.case_key
    left join {{ ref('int_fee_case_balances') }} as balances
        on
            receipts.case_key = balances.case_key
            and receipts.payment_date = balances.event_date
    where
        receipts.refunded_yuan > 0
        and cases.assessed_yuan is not null
        and receipts.payment_date >= receipts.collection_ends_on

),

judged as (

    select
        *,
        case
            when annulled_on <= payment_date or due_before_yuan > 0 then 0
            else 1
        end as is_unfounded
    from refunds

),

final as (

    {{ judged(
        'judged', check='AC-10', form='L12', day='payment_date', column_name='mark_code',
        applies='refunded_yuan > 0',
        fails='is_unfounded = 1',
        yuan='refunded_yuan',
    ) }}

)

{{ check_result('final') }}
