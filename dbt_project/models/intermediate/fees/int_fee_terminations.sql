-- R-22: when collection ends, every open principal leaves the books by law, and nothing can be open
-- afterwards. The cumulated termination is therefore the highest open amount met since that day.
with cases as (

    select
        case_key,
        row_id,
        collection_ends_on
    from {{ ref('int_fee_cases') }}
    where collection_ends_on < cast('9999-12-31' as date)

),

-- What was open before is one sum, met at the midnight itself.
steps as (

    select
        moments.case_key,
        cases.row_id,
        greatest(moments.event_date, cases.collection_ends_on) as event_date,
        case when moments.event_date < cases.collection_ends_on then 0 else moments.step end as step,
        sum(moments.open_effect_yuan) as open_effect_yuan
    from {{ ref('int_fee_open_moments') }} as moments
    inner join cases on moments.case_key = cases.case_key
    group by
        moments.case_key,
        cases.row_id,
        greatest(moments.event_date, cases.collection_ends_on),
        case when moments.event_date < cases.collection_ends_on then 0 else moments.step end

),

running as (

    select
        case_key,
        row_id,
        event_date,
        step,
        sum(open_effect_yuan) over (
            partition by case_key
            order by event_date asc nulls last, step asc nulls last
            rows between unbounded preceding and current row
        ) as open_yuan
    from steps

),

since_wind_down as (

    select
        case_key,
        row_id,
        event_date,
        step,
        max(greatest(open_yuan, 0)) over (
            partition by case_key
            order by event_date asc nulls last, step asc nulls last
            rows between unbounded preceding and current row
        ) as terminated_to_date_yuan
    from running

),

increments as (

    select
        case_key,
        row_id,
        event_date,
        terminated_to_date_yuan - coalesce(lag(terminated_to_date_yuan) over (
            partition by case_key
            order by event_date asc nulls last, step asc nulls last
        ), 0) as amount_yuan
    from since_wind_down

),

final as (

    select
        case_key,
        row_id,
        event_date,
        cast('terminated_2021' as {{ dbt.type_string() }}) as flow,
        cast(sum(amount_yuan) as decimal(14, 2)) as amount_yuan,
        cast(-sum(amount_yuan) as decimal(14, 2)) as open_effect_yuan
    from increments
    where amount_yuan > 0
    group by case_key, row_id, event_date

)

select * from final
