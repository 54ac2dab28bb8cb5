-- Reports due and received by domain (population, fees, services) and over all forms, for every period.
with quality as (

    select
        quality.*,
        calendar.domain
    from {{ ref('int_division_quality') }} as quality
    inner join {{ ref('reporting_calendar') }} as calendar on quality.form = calendar.form

),

scoped as (

    select * from quality
    union all
    select
        division_code,
        division_level,
        form,
        month,
        month_start,
        month_end,
        due,
        received,
        on_time,
        rows_seen,
        accepted,
        quarantined,
        duplicate,
        non_data,
        fields_expected,
        fields_filled,
        ids_present,
        ids_valid,
        'all' as domain
    from quality

),

period_months as (

    select * from {{ ref('int_period_months') }}
    union all
    select * from {{ ref('int_pooled_months') }}

)

select
    scoped.division_code,
    scoped.division_level,
    period_months.period_type,
    period_months.period_start,
    period_months.period_end,
    period_months.calendar,
    scoped.domain,
{% for column in ['due', 'received', 'on_time', 'fields_expected', 'fields_filled', 'ids_present',
                  'ids_valid'] %}
    cast(sum(scoped.{{ column }}) as bigint) as {{ column }}
    {%- if not loop.last %},{% endif %}
    {% endfor %}
from scoped
inner join period_months on scoped.month = period_months.month
group by
    scoped.division_code,
    scoped.division_level,
    period_months.period_type,
    period_months.period_start,
    period_months.period_end,
    period_months.calendar,
    scoped.domain
