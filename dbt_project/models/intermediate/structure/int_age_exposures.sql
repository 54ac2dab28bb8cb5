-- Twice the person-days lived at the ages of a measure, by month: (opening + closing) times days, each stock
-- at the ages of its own day. A cohort enters a measure with a birthday or when it comes, and leaves it with
-- another birthday; so nobody is counted month by month.
with wanted as (

    select
        measure,
        sex,
        age_from * 12 as from_age,
        age_to * 12 as to_age
    from {{ ref('age_measures') }}
    where kind = 'person_years'

),

cohorts as (

    select * from {{ ref('int_population_cohorts') }}
    where division_level <> 'village'

),

entries as (

    {% for starts, later in [('closes_from', 0), ('opens_from', 1)] %}
    select
        cohorts.division_code,
        wanted.measure,
        greatest(cohorts.{{ starts }}, cohorts.born + wanted.from_age + {{ later }}) as month_count,
        cohorts.born + wanted.to_age + {{ later }} as until_month,
        cohorts.persons
    from cohorts
    inner join wanted on wanted.sex in (cohorts.sex, 'all')
    union all
    select
        division_code,
        'age_unknown' as measure,
        {{ starts }} as month_count,
        cast(null as integer) as until_month,
        persons
    from cohorts
    where sex = 'unknown' or born is null
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

steps as (

    select
        division_code,
        measure,
        month_count,
        persons
    from entries
    where month_count < until_month or measure = 'age_unknown'
    union all
    select
        division_code,
        measure,
        until_month as month_count,
        -persons as persons
    from entries
    where month_count < until_month

),

summed as (

    select
        division_code,
        measure,
        month_count,
        sum(persons) as persons
    from steps
    where month_count is not null
    group by division_code, measure, month_count

)

select
    vital.division_code,
    vital.month,
    summed.measure,
    cast(sum(summed.persons) * max(months.days) as bigint) as person_days_x2
from {{ ref('int_vital_events') }} as vital
inner join {{ ref('calendar_months') }} as months on vital.month = months.month
inner join summed
    on
        vital.division_code = summed.division_code
        and summed.month_count <= {{ month_count('vital.month') }}
group by vital.division_code, vital.month, summed.measure
