-- A period is published only if every one of its months is known, so its months are counted.
with months as (

    select * from {{ ref('int_months_known') }}

),

labelled as (

{% for period_type, label, calendar, year_days in [
    ('month', 'month', 'civil', 'days_in_year'),
    ('quarter', 'quarter', 'civil', 'days_in_year'),
    ('half', 'half', 'civil', 'days_in_year'),
    ('year', 'year', 'civil', 'days_in_year'),
    ('fp_half', 'fp_half', 'fp_year', 'days_in_fp_year'),
    ('fp_year', 'fp_year', 'fp_year', 'days_in_fp_year'),
] %}
    select
        '{{ period_type }}' as period_type,
        {{ text(label) }} as period,
        '{{ calendar }}' as calendar,
        month,
        month_start,
        month_end,
        days,
        {{ year_days }} as days_in_year
    from months
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

counted as (

    select
        labelled.*,
        min(labelled.month_start) over (
            partition by labelled.period_type, labelled.period
        ) as period_start,
        max(labelled.month_end) over (
            partition by labelled.period_type, labelled.period
        ) as period_end,
        count(*) over (
            partition by labelled.period_type, labelled.period
        ) as months_known
    from labelled

),

final as (

    select
        counted.period_type,
        counted.period,
        counted.calendar,
        counted.period_start,
        counted.period_end,
        counted.month,
        counted.month_start,
        counted.month_end,
        counted.days,
        counted.days_in_year
    from counted
    where
        counted.months_known = case counted.period_type
            when 'month' then 1
            when 'quarter' then 3
            when 'half' then 6
            when 'fp_half' then 6
            else 12
        end

)

select * from final
