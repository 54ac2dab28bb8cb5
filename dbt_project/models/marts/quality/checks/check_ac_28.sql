-- Object: a decided case that was paid in as many months as the limit, the court's payments aside. It fails
-- without an agreement on instalments; the address is the receipt of the month that completes their number.
with receipts as (

    select
        *,
        {{ month_of('payment_date') }} as month,
        row_number() over (
            partition by case_key, {{ month_of('payment_date') }}
            order by payment_date desc nulls last, row_id desc nulls last
        ) as recency
    from {{ ref('int_fee_receipts') }}
    where mark_code = 'normal' and collected_yuan > 0 and coalesce(channel_code, '') <> 'court'

),

taken_back as (

    select distinct case_key
    from {{ ref('int_fee_receipts') }}
    where mark_code in ('reversal', 'refund')

),

months as (

    select
        *,
        row_number() over (
            partition by case_key
            order by month asc nulls last
        ) as place
    from receipts
    where recency = 1

),

cases as (

    select
        case_key,
        has_instalments
    from {{ ref('int_fee_cases') }}
    where
        decision_date is not null
        and case_key not in (select taken_back.case_key from taken_back)
        and row_id not in (
            select unread.row_id from {{ ref('int_fee_cells_unread') }} as unread
            where unread.column_name = 'instalment_approval_date'
        )

),

completed as (

    select
        months.*,
        cases.has_instalments
    from months
    inner join cases on months.case_key = cases.case_key
    where months.place = {{ check_limit('AC-28', 'months_with_payments') }}

),

final as (

    {{ judged(
        'completed', check='AC-28', form='L12', day='payment_date', column_name='instalments_granted_on',
        applies='assessed_yuan is not null',
        fails='has_instalments = 0',
        yuan='collected_yuan',
    ) }}

)

{{ check_result('final') }}
