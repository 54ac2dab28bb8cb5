-- Cases with open principal on the last day of a year, by the days since they were due. What was not served
-- is not due; where the cell was not read, or no decision is on file, the age is not known.
with spans as (

    select
        *,
        coalesce(
            lead(event_date) over (partition by case_key order by event_date asc nulls last),
            cast('9999-12-31' as date)
        ) as next_on
    from {{ ref('int_fee_case_balances') }}

),

periods as (

    select
        period_type,
        period_start,
        cast({{ dbt.dateadd('day', -1, 'period_end') }} as date) as last_day
    from {{ ref('int_periods') }}
    where period_type in ('year', 'fp_year')

),

unread as (

    select distinct row_id
    from {{ ref('int_fee_cells_unread') }}
    where column_name in ('due_date', 'service_date')

),

aged as (

    select
        spans.case_key,
        spans.county_code,
        periods.period_type,
        periods.period_start,
        spans.outstanding_yuan,
        case
            when cases.due_on is not null then {{ dbt.datediff('cases.due_on', 'periods.last_day', 'day') }}
        end as days_overdue,
        case when cases.case_key is null or unread.row_id is not null then 'unknown' else 'not_due' end
            as undated_bucket
    from spans
    inner join periods
        on
            spans.event_date <= periods.last_day
            and spans.next_on > periods.last_day
    left join {{ ref('int_fee_cases') }} as cases on spans.case_key = cases.case_key
    left join unread on cases.row_id = unread.row_id
    where spans.outstanding_yuan > 0

),

final as (

    select
        aged.case_key,
        aged.county_code,
        aged.period_type,
        aged.period_start,
        aged.outstanding_yuan,
        {{ text('coalesce(buckets.age_bucket, aged.undated_bucket)') }} as age_bucket
    from aged
    left join {{ ref('fee_age_buckets') }} as buckets
        on
            aged.days_overdue >= buckets.days_from
            and aged.days_overdue < buckets.days_to

)

select * from final
