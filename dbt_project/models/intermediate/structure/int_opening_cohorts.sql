-- The stock a village starts from, by sex and month of birth. A roster written later is put back: what was
-- reported since the opening is undone. What then differs from the stated opening is nobody known.
with rosters as (

    select * from {{ ref('int_opening_rosters') }}

),

united as (

    select
        persons.unit_code as division_code,
        persons.sex,
        persons.birth_month,
        1 as persons
    from {{ ref('int_roster_persons') }} as persons
    inner join rosters
        on
            persons.unit_code = rosters.division_code
            and persons.period = rosters.period
            and persons.is_registered >= rosters.least_registered
    union all
    select
        events.division_code,
        events.sex,
        events.birth_month,
        -events.change as persons
    from {{ ref('int_cohort_events') }} as events
    inner join rosters
        on
            events.division_code = rosters.division_code
            and events.report_month between rosters.first_month and rosters.period
    union all
    select
        first_rosters.division_code,
        first_rosters.sex,
        first_rosters.birth_month,
        first_rosters.persons
    from {{ ref('int_first_rosters') }} as first_rosters
    inner join {{ ref('int_population_openings') }} as openings
        on
            first_rosters.division_code = openings.division_code
            and openings.source_form = 'L01'

),

cohorts as (

    select
        division_code,
        coalesce(sex, 'unknown') as sex,
        birth_month,
        sum(persons) as persons
    from united
    group by division_code, coalesce(sex, 'unknown'), birth_month

),

counted as (

    select
        division_code,
        sum(persons) as persons
    from cohorts
    group by division_code

),

completed as (

    select * from cohorts
    union all
    select
        openings.division_code,
        'unknown' as sex,
        {{ text('null') }} as birth_month,
        openings.opening - coalesce(counted.persons, 0) as persons
    from {{ ref('int_population_openings') }} as openings
    left join counted on openings.division_code = counted.division_code

)

select
    division_code,
    sex,
    birth_month,
    cast(sum(persons) as bigint) as persons
from completed
group by division_code, sex, birth_month
