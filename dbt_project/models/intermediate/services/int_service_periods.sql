-- What campaigns gave, as sums of the township months, so that the levels and the months add up; beside it
-- what logs tell, in contacts and in persons. A township-month that is not known leaves the sum unknown: a
-- sum over some of the parts is no sum.
with campaigns as (

    {% for level in ['township', 'county'] %}
    select
        served.{{ level }}_code as division_code,
        '{{ level }}' as division_level,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.calendar,
        served.service,
        served.measure_unit,
        cast(count(*) as bigint) as months_in_period,
        cast(count(served.served) as bigint) as months_told,
        cast(
            case when count(served.served) = count(*) then sum(served.served) end as bigint
        ) as served
    from {{ ref('int_service_months') }} as served
    inner join {{ ref('int_period_months') }} as periods on served.month = periods.month
    group by
        served.{{ level }}_code,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.calendar,
        served.service,
        served.measure_unit
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    service,
    measure_unit,
    months_in_period,
    months_told,
    served,
    served as served_of_population,
    cast(null as bigint) as unidentified,
    cast(null as bigint) as due,
    cast(null as bigint) as done,
    cast(null as bigint) as done_in_window
from campaigns
{% for measure, hukou in [('contacts', 'null'), ('persons', 'hukou_persons')] %}
union all
select
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    service,
    '{{ measure }}' as measure_unit,
    months_in_period,
    months_told,
    {{ measure }} as served,
    cast({{ hukou }} as bigint) as served_of_population,
    unidentified,
    cast({{ 'due' if measure == 'contacts' else 'null' }} as bigint) as due,
    cast({{ 'done' if measure == 'contacts' else 'null' }} as bigint) as done,
    cast({{ 'done_in_window' if measure == 'contacts' else 'null' }} as bigint) as done_in_window
from {{ ref('int_service_log_periods') }}
{% endfor %}
