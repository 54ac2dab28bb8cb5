-- Is a statistic still lawful in a period? Its regime must allow it from the first day to the last.
with counties as (

    select distinct county_code from {{ ref('int_divisions_dated') }}

),

days as (

    select
        counties.county_code,
        periods.period_type,
        periods.period_start,
        periods.period_start as day
    from counties
    cross join {{ ref('int_periods') }} as periods
    union all
    select
        counties.county_code,
        periods.period_type,
        periods.period_start,
        cast({{ dbt.dateadd('day', -1, 'periods.period_end') }} as date) as day
    from counties
    cross join {{ ref('int_periods') }} as periods

),

ranked as (

    select
        days.county_code,
        days.period_type,
        days.period_start,
        regime.planned_rate_valid,
        regime.late_marriage_valid,
        regime.second_share_valid,
        regime.float_duties,
        row_number() over (
            partition by days.county_code, days.period_type, days.period_start, days.day
            order by
                case regime.area_prefix when '00' then 0 else length(regime.area_prefix) end desc nulls last
        ) as specificity_rank
    from days
    inner join {{ ref('policy_regime') }} as regime
        on
            days.day >= regime.valid_from
            and days.day < regime.valid_to
            and (
                regime.area_prefix = '00'
                or substr(days.county_code, 1, length(regime.area_prefix)) = regime.area_prefix
            )

)

{% for flag in ['planned_rate_valid', 'late_marriage_valid', 'second_share_valid', 'float_duties'] %}
select
    county_code,
    period_type,
    period_start,
    '{{ flag }}' as regime_flag,
    min(case when {{ flag }} = 'no' then 0 else 1 end) as is_valid
from ranked
where specificity_rank = 1
group by county_code, period_type, period_start
{% if not loop.last %}union all{% endif %}
{% endfor %}
