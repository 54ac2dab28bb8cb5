-- Persons by sex and completed years of age on the last day of every whole year of both calendars. Whose
-- month of birth is not known, or lies after that day, has no age.
with year_ends as (

    select
        period_type,
        period_start,
        period_end,
        calendar,
        {{ month_count('month') }} as month_count
    from {{ ref('int_period_months') }}
    where period_type in ('year', 'fp_year') and month_end = period_end

),

aged as (

    select
        cohorts.division_code,
        cohorts.division_level,
        year_ends.period_type,
        year_ends.period_start,
        year_ends.period_end,
        year_ends.calendar,
        cohorts.sex,
        case
            when cohorts.born <= year_ends.month_count
                then {{ age_at_month_end('year_ends.month_count', 'cohorts.born') }}
        end as age,
        cohorts.persons
    from {{ ref('int_population_cohorts') }} as cohorts
    inner join year_ends on cohorts.closes_from <= year_ends.month_count

)

select
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    sex,
    age,
    cast(sum(persons) as bigint) as persons
from aged
group by division_code, division_level, period_type, period_start, period_end, calendar, sex, age
having sum(persons) <> 0
