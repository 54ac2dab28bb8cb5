-- Sums of the township months, so that the levels and the months add up. A township-month that is not
-- known leaves the sum unknown: a sum over some of the parts is no sum.
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
