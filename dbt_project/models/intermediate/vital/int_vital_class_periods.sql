-- Classes of vital events of townships and counties by year, and of three years together. A division that
-- told of events or owed a report has a row, with zeros where nothing of the class happened.
{% set counts = birth_classes() | map('first') | list %}
with births as (

    select
        path.ancestor_code as division_code,
        births.month,
        {% for count in counts %}
        sum(births.{{ count }}) as {{ count }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_births_classified') }} as births
    inner join {{ ref('calendar_months') }} as months on births.month = months.month
    inner join {{ ref('int_division_paths') }} as path
        on
            births.division_code = path.division_code
            and months.month_start >= path.valid_from
            and months.month_start < path.valid_to
    where path.ancestor_level <> 'village'
    group by path.ancestor_code, births.month

),

deaths as (

    select
        path.ancestor_code as division_code,
        deaths.month,
        sum(deaths.infant_deaths) as infant_deaths
    from {{ ref('int_infant_deaths') }} as deaths
    inner join {{ ref('calendar_months') }} as months on deaths.month = months.month
    inner join {{ ref('int_division_paths') }} as path
        on
            deaths.division_code = path.division_code
            and months.month_start >= path.valid_from
            and months.month_start < path.valid_to
    where path.ancestor_level <> 'village'
    group by path.ancestor_code, deaths.month

),

period_months as (

    select * from {{ ref('int_period_months') }}
    where period_type in ('year', 'fp_year')
    union all
    select * from {{ ref('int_pooled_months') }}

)

select
    vital.division_code,
    vital.division_level,
    period_months.period_type,
    period_months.period_start,
    period_months.period_end,
    period_months.calendar,
    {% for count in counts %}
    cast(sum(coalesce(births.{{ count }}, 0)) as bigint) as {{ count }},
    {% endfor %}
    cast(sum(vital.births_occ) as bigint) as births_occ,
    cast(sum(coalesce(deaths.infant_deaths, 0)) as bigint) as infant_deaths,
    cast(sum(vital.marriages) as bigint) as marriages,
    cast(sum(couples.first_marriages_f) as bigint) as first_marriages_f,
    cast(sum(couples.first_marriages_m) as bigint) as first_marriages_m
from {{ ref('int_vital_events') }} as vital
inner join period_months on vital.month = period_months.month
left join births
    on
        vital.division_code = births.division_code
        and vital.month = births.month
left join deaths
    on
        vital.division_code = deaths.division_code
        and vital.month = deaths.month
left join {{ ref('int_marriages') }} as couples
    on
        vital.division_code = couples.division_code
        and vital.month = couples.month
where vital.division_level <> 'village'
group by
    vital.division_code,
    vital.division_level,
    period_months.period_type,
    period_months.period_start,
    period_months.period_end,
    period_months.calendar
