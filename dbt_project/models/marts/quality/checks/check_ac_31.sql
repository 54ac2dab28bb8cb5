-- Object: an annulled case on which principal had been paid, once the days to refund are over and the
-- receipts of every month of them came in whole. It fails if any of the principal is still held.
with annulled as (

    select
        cases.case_key,
        cases.row_id,
        cases.submission_id,
        cases.fee_unit_code,
        cases.annulled_on,
        sum(case
            when receipts.payment_date <= cases.annulled_on
                then receipts.collected_yuan - receipts.refunded_yuan
            else 0
        end) as paid_yuan,
        sum(receipts.collected_yuan - receipts.refunded_yuan) as held_yuan
    from {{ ref('int_fee_cases') }} as cases
    inner join {{ ref('int_fee_receipts') }} as receipts on cases.case_key = receipts.case_key
    where
        cases.annulled_on is not null
        and {{ dbt.datediff('cases.annulled_on', 'receipts.payment_date', 'day') }}
        <= {{ check_limit('AC-31', 'days_to_refund') }}
    group by cases.case_key, cases.row_id, cases.submission_id, cases.fee_unit_code, cases.annulled_on

),

-- The months between annulment and the end of the days to refund, and how many of them are known.
spans as (

    select
        annulled.case_key,
        count(*) as months,
        sum(case when books.month is null then 0 else 1 end) as months_known,
        max(months.month_start) as last_month_start
    from annulled
    inner join {{ ref('calendar_months') }} as months
        on
            months.month >= {{ month_of('annulled.annulled_on') }}
            and {{ dbt.datediff('annulled.annulled_on', 'months.month_start', 'day') }}
            <= {{ check_limit('AC-31', 'days_to_refund') }} + 1
    left join {{ ref('int_fee_books_known') }} as books
        on
            annulled.fee_unit_code = books.fee_unit_code
            and months.month = books.month
            and books.form = 'L12'
    group by annulled.case_key

),

judged as (

    select
        annulled.*,
        spans.last_month_start
    from annulled
    inner join spans on annulled.case_key = spans.case_key
    where annulled.paid_yuan > 0 and spans.months = spans.months_known

),

final as (

    {{ judged(
        'judged', check='AC-31', form='L11', day='last_month_start', column_name='status_code',
        applies='paid_yuan > 0',
        fails='held_yuan > 0',
        yuan='held_yuan',
    ) }}

)

{{ check_result('final') }}
