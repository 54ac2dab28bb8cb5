-- Object: an office and month, where receipts and slips of it and the next month came in whole. What came in
-- since the first of an unbroken row of such months, beside what was handed over for them within the grace.
with months as (

    select
        receipts.fee_unit_code,
        receipts.month,
        receipts.month_no,
        receipts.month_end,
        slips.submission_id,
        receipts.month_no - row_number() over (
            partition by receipts.fee_unit_code order by receipts.month_no asc nulls last
        ) as island
    from {{ ref('int_fee_books_known') }} as receipts
    inner join {{ ref('int_fee_books_known') }} as slips
        on
            receipts.fee_unit_code = slips.fee_unit_code
            and receipts.month = slips.month
    where receipts.form = 'L12' and slips.form = 'L14'

),

spans as (

    select
        *,
        min(month) over (partition by fee_unit_code, island) as first_month,
        lead(month) over (partition by fee_unit_code, island order by month_no asc nulls last) as next_month
    from months

),

received as (

    select
        spans.fee_unit_code,
        spans.month,
        sum(
            receipts.collected_yuan + receipts.surcharge_yuan
            - receipts.refunded_yuan - receipts.surcharge_refunded_yuan
        ) as received_yuan
    from spans
    inner join {{ ref('int_fee_receipts') }} as receipts
        on
            spans.fee_unit_code = receipts.fee_unit_code
            and {{ month_of('receipts.payment_date') }} between spans.first_month and spans.month
    group by spans.fee_unit_code, spans.month

),

remitted as (

    select
        spans.fee_unit_code,
        spans.month,
        sum(slips.remitted_yuan) as remitted_yuan,
        max(case when slips.for_month = spans.month then slips.row_id end) as row_id
    from spans
    inner join {{ ref('int_l14_current') }} as slips
        on
            spans.fee_unit_code = slips.fee_unit_code
            and spans.first_month <= slips.for_month
            and {{ dbt.datediff('spans.month_end', 'slips.remitted_date', 'day') }}
            < {{ check_limit('AC-22', 'days_of_grace') }}
    where coalesce(slips.subject_code, 'fee') <> 'other'
    group by spans.fee_unit_code, spans.month

),

compared as (

    select
        spans.fee_unit_code,
        spans.month_end,
        spans.submission_id,
        remitted.row_id,
        received.received_yuan - coalesce(remitted.remitted_yuan, 0) as short_yuan,
        cast(spans.month || '-01' as date) as month_start
    from spans
    inner join received
        on spans.fee_unit_code = received.fee_unit_code and spans.month = received.month
    left join remitted
        on
            spans.fee_unit_code = remitted.fee_unit_code
            and spans.month = remitted.month
    where spans.next_month is not null

),

final as (

    {{ judged(
        'compared', check='AC-22', form='L14', day='month_start', column_name='remitted_yuan',
        applies='short_yuan is not null', fails='short_yuan > 0', yuan='short_yuan',
    ) }}

)

{{ check_result('final') }}
