-- What the logs tell, by division and period: contacts and services due as sums of the township months,
-- persons counted anew. A township-month without its log leaves the whole unknown.
{% set is_told = 'count(served.contacts) = count(*)' %}
with served as (

    select * from {{ ref('int_service_log_months') }}

),

sums as (

    {% for level in ['township', 'county'] %}
    select
        served.{{ level }}_code as division_code,
        '{{ level }}' as division_level,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.calendar,
        served.service,
        cast(count(*) as bigint) as months_in_period,
        cast(count(served.contacts) as bigint) as months_told,
        {% for figure in ['contacts', 'unidentified', 'due', 'done', 'done_in_window'] %}
        cast(case when {{ is_told }} then sum(served.{{ figure }}) end as bigint) as {{ figure }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from served
    inner join {{ ref('int_period_months') }} as periods on served.month = periods.month
    group by
        served.{{ level }}_code,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.calendar,
        served.service
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    sums.*,
    case when sums.contacts is not null then coalesce(persons.persons, 0) end as persons,
    case when sums.contacts is not null then coalesce(persons.hukou_persons, 0) end as hukou_persons
from sums
left join {{ ref('int_service_persons') }} as persons
    on
        sums.division_code = persons.division_code
        and sums.service = persons.service
        and sums.period_type = persons.period_type
        and sums.period_start = persons.period_start
