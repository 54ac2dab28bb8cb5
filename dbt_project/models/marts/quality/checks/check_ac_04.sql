-- Object: a numbered receipt, void ones too. Of receipts that share a number all but the first fail, unless
-- they are one receipt: its principal and its surcharge in two rows, or the same money marked void later.
-- A short number is one of its office and year, a long one of the whole county.
with receipts as (

    select
        *,
        case
            when length(receipt_no) >= {{ check_limit('AC-04', 'characters_of_a_series') }} then county_code
            else unit_code || substr({{ text('payment_date') }}, 1, 4)
        end as series,
        abs(collected_yuan) + abs(surcharge_yuan) as moved_yuan
    from {{ ref('int_fee_receipts') }}
    where mark_code in ('normal', 'void') and receipt_no is not null

),

numbered as (

    select
        *,
        row_number() over (
            partition by series, receipt_no
            order by payment_date asc nulls last, period asc nulls last, row_id asc nulls last
        ) as place
    from receipts

),

pairs as (

    select
        later.row_id,
        min(earlier.submission_id) as earlier_submission_id
    from numbered as later
    inner join numbered as earlier
        on
            later.series = earlier.series
            and later.receipt_no = earlier.receipt_no
            and later.place > earlier.place
    where
        later.mark_code = 'normal' or earlier.mark_code = 'normal'
    group by later.row_id
    having max(case
        when later.case_key = earlier.case_key and later.payment_date = earlier.payment_date
            then case
                when later.mark_code <> earlier.mark_code then 0
                when later.collected_yuan = 0 and earlier.surcharge_yuan = 0 then 0
                when earlier.collected_yuan = 0 and later.surcharge_yuan = 0 then 0
                else 1
            end
        else 1
    end) = 1

),

judged as (

    select
        numbered.*,
        pairs.earlier_submission_id,
        case when pairs.row_id is null then 0 else 1 end as is_double
    from numbered
    left join pairs on numbered.row_id = pairs.row_id

),

final as (

    {{ judged(
        'judged', check='AC-04', form='L12', day='payment_date', column_name='receipt_no',
        applies='place > 0',
        fails='is_double = 1',
        yuan='moved_yuan',
        against='earlier_submission_id',
    ) }}

)

{{ check_result('final') }}
