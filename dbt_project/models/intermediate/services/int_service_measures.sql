-- Services for the indicators. A quarter is measured against the target of its whole year: progress, not a
-- rate of the quarter; a period of the family-planning year has no target.
{% set place = 'division_code, division_level, period_type, period_start, period_end, calendar' %}
with counted as (

    select
        periods.*,
        services.eligible_measure,
        services.pop_concept,
        targets.target,
        case when periods.measure_unit = services.measure_unit then 1 else 0 end as is_own_measure
    from {{ ref('int_service_periods') }} as periods
    inner join {{ ref('services') }} as services on periods.service = services.service
    left join {{ ref('int_service_targets') }} as targets
        on
            periods.division_code = targets.division_code
            and periods.service = targets.service
            and periods.calendar = 'civil'
            and targets.year = substr(cast(periods.period_start as {{ dbt.type_string() }}), 1, 4)

),

named as (

{% for measure, figure, concept, condition in [
    ("'service_' || service || '_served'", 'served', "'none'", 'is_own_measure = 1'),
    ("'service_' || service || '_target'", 'target', "'none'", 'is_own_measure = 1'),
    ("'service_' || service || '_of_eligible'", "case when pop_concept = 'none' then served else served_of_population end",
        'pop_concept', "eligible_measure is not null and measure_unit <> 'contacts'"),
    ("'service_' || service || '_due'", 'due', "'none'", 'due is not null'),
    ("'service_' || service || '_done'", 'done', "'none'", 'due is not null'),
] %}
    select
        {{ measure }} as measure,
        {{ place }},
        {{ concept }} as pop_concept,
        {{ figure }} as value
    from counted
    where {{ condition }}
    union all
    {% endfor %}
    {% for number in ['1', '5'] %}
    select
        'service_' || service || '_reached_{{ number }}' as measure,
        {{ place }},
        'hukou' as pop_concept,
        reached_{{ number }} as value
    from {{ ref('int_service_series_periods') }}
    union all
    {% endfor %}
    {% for measure, figure in [
        ('service_contacts', 'served'),
        ('services_due', 'due'),
        ('services_done_in_window', 'done_in_window'),
    ] %}
    select
        '{{ measure }}' as measure,
        {{ place }},
        'none' as pop_concept,
        sum({{ figure }}) as value
    from counted
    where due is not null
    group by {{ place }}
    union all
    {% endfor %}
    select
        'service_persons' as measure,
        periods.division_code,
        periods.division_level,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.calendar,
        'none' as pop_concept,
        max(coalesce(persons.persons, 0)) as value
    from {{ ref('int_service_log_periods') }} as periods
    left join {{ ref('int_service_persons') }} as persons
        on
            periods.division_code = persons.division_code
            and periods.period_type = persons.period_type
            and periods.period_start = persons.period_start
            and persons.service = 'all'
    where periods.contacts is not null
    group by
        periods.division_code, periods.division_level, periods.period_type, periods.period_start,
        periods.period_end, periods.calendar

)

select
    measure,
    {{ place }},
    pop_concept,
    cast(value as decimal(18, 2)) as value
from named
where value is not null
