-- Object: a receipt with a number or a day of entry. It fails if it was entered later than the limit, or if
-- the next lower number of its book bears a later day: of two in the wrong order the higher one is named.
with receipts as (

    select
        *,
        regexp_extract(receipt_no, '([0-9]+)$', 1) as digits
    from {{ ref('int_fee_receipts') }}
    where mark_code in ('normal', 'void')

),

numbered as (

    select
        *,
        substr(receipt_no, 1, length(receipt_no) - length(digits)) as head,
        length(digits) as width,
        {{ dbt.safe_cast('digits', 'bigint') }} as number
    from receipts

),

ordered as (

    select
        *,
        lag(number) over (
            partition by unit_code, head, width
            order by number asc nulls last, payment_date asc nulls last, row_id asc nulls last
        ) as number_before,
        lag(payment_date) over (
            partition by unit_code, head, width
            order by number asc nulls last, payment_date asc nulls last, row_id asc nulls last
        ) as day_before
    from numbered

),

compared as (

    select
        *,
        case
            when
                {{ dbt.datediff('payment_date', 'entry_date', 'day') }}
                > {{ check_limit('AC-39', 'days_to_enter') }} then 1
            when
                payment_date < day_before
                and number - number_before <= {{ check_limit('AC-39', 'numbers_of_a_book') }} then 1
            else 0
        end as is_off
    from ordered

),

final as (

    {{ judged(
        'compared', check='AC-39', form='L12', day='payment_date', column_name='entry_date',
        applies='(number is not null or entry_date is not null)',
        fails='is_off = 1',
        yuan='collected_yuan + surcharge_yuan',
    ) }}

)

{{ check_result('final') }}
