-- Object: a count of a monthly report that is usually large enough, with the same count in the reports
-- before. It fails if as many months in a row as the limit say the same: the month that completes the row
-- is named, and each one that goes on with it. Stocks may lawfully stand still, so events alone are looked
-- at.
{% set events = ['births', 'deaths', 'moved_in', 'moved_out', 'marriages'] %}

with limits as (

    select
        max(case when limit_id = 'same_months' then limit_value end) as same_months,
        max(case when limit_id = 'least_mean' then limit_value end) as least_mean
    from {{ ref('check_limits') }}
    where check_id = 'SC-06'

),

counts as (

    {% for event in events %}
    select
        '{{ event }}' as column_name,
        unit_code,
        period,
        row_id,
        submission_id,
        {{ event }} as events
    from {{ ref('int_l16_current') }}
    where {{ event }} is not null
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

numbered as (

    select
        counts.*,
        months.month_no,
        sum(counts.events) over (partition by counts.unit_code, counts.column_name) as all_events,
        count(*) over (partition by counts.unit_code, counts.column_name) as all_months,
        row_number() over (
            partition by counts.unit_code, counts.column_name
            order by months.month_no asc nulls last, counts.row_id asc nulls last
        ) as place,
        row_number() over (
            partition by counts.unit_code, counts.column_name, counts.events
            order by months.month_no asc nulls last, counts.row_id asc nulls last
        ) as place_of_equals,
        lag(counts.submission_id) over (
            partition by counts.unit_code, counts.column_name
            order by months.month_no asc nulls last, counts.row_id asc nulls last
        ) as submission_before
    from counts
    inner join {{ ref('calendar_months') }} as months on counts.period = months.month

),

in_rows as (

    select
        *,
        -- Within a row of equal counts in months that follow each other all three numbers grow by one.
        count(*) over (
            partition by unit_code, column_name, events, place - place_of_equals, month_no - place
            order by place asc nulls last
            rows between unbounded preceding and current row
        ) as months_alike,
        count(*) over (
            partition by unit_code, column_name, month_no - place
            order by place asc nulls last
            rows between unbounded preceding and current row
        ) as months_in_turn
    from numbered

),

final as (

    select
        in_rows.unit_code,
        'L16' as form,
        in_rows.period,
        in_rows.row_id,
        in_rows.submission_id,
        in_rows.submission_before as against_submission_id,
        in_rows.column_name,
        1 as tested,
        case when in_rows.months_alike >= limits.same_months then 1 else 0 end as failed,
        0 as yuan
    from in_rows
    cross join limits
    where
        in_rows.all_events >= limits.least_mean * in_rows.all_months
        and in_rows.months_in_turn >= limits.same_months

)

{{ check_result('final') }}
