-- Distinct persons under the service key. They add up neither over time nor over places nor over services,
-- so they are counted anew for each level, period and service, and once for all services of the log.
with months as (

    select distinct
        township_code,
        county_code,
        service,
        person_key,
        month,
        is_floating
    from {{ ref('int_service_contacts') }}
    where person_key is not null

),

periods as (

    select
        months.*,
        periods.period_type,
        periods.period_start
    from months
    inner join {{ ref('int_period_months') }} as periods on months.month = periods.month

)

{% for level in ['township', 'county'] %}
{% for service in ['service', "'all'"] %}
select
    {{ level }}_code as division_code,
    {{ text(service) }} as service,
    period_type,
    period_start,
    cast(count(distinct person_key) as bigint) as persons,
    cast(count(distinct case when is_floating = 0 then person_key end) as bigint) as hukou_persons
from periods
group by {{ level }}_code, {{ text(service) }}, period_type, period_start
{% if not loop.last %}union all{% endif %}
{% endfor %}
{% if not loop.last %}union all{% endif %}
{% endfor %}
