-- What left an office for the treasury or came back, by the month in which it did. Money of other subjects is
-- not the fee's; what an account hands over for months before its first was owed when it began.
with slips as (

    select
        *,
        {{ month_of('remitted_date') }} as month
    from {{ ref('int_l14_current') }}
    where coalesce(subject_code, 'fee') <> 'other'

)

select
    slips.row_id,
    slips.fee_unit_code,
    slips.month,
    slips.for_month,
    slips.remitted_date,
    slips.subject_code,
    slips.remitted_yuan,
    books.first_month,
    case when slips.for_month < books.first_month then 1 else 0 end as is_owed_before,
    case
        when
            {{ dbt.datediff("cast(slips.month || '-01' as date)", 'slips.remitted_date', 'day') }}
            < {{ check_limit('AC-22', 'days_of_grace') }} then 1
        else 0
    end as is_in_grace,
    case
        when
            {{ dbt.datediff('months.month_end', 'slips.remitted_date', 'day') }}
            < {{ check_limit('AC-22', 'days_of_grace') }} then 1
        else 0
    end as is_in_time
from slips
left join {{ ref('int_treasury_books') }} as books
    on
        slips.fee_unit_code = books.fee_unit_code
        and slips.month = books.month
left join {{ ref('calendar_months') }} as months on slips.for_month = months.month
where slips.remitted_yuan is not null
