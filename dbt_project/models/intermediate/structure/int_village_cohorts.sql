-- How many persons of one sex and month of birth come to (or leave) a village's stock in a month, by date of
-- event: the people it starts from, then its events. `opens_from` is the first month that opens with them.
select
    openings.division_code,
    {{ month_count('openings.first_month') }} as closes_from,
    {{ month_count('openings.first_month') }} as opens_from,
    cohorts.sex,
    {{ month_count('cohorts.birth_month') }} as born,
    cohorts.persons
from {{ ref('int_opening_cohorts') }} as cohorts
inner join {{ ref('int_population_openings') }} as openings
    on cohorts.division_code = openings.division_code
union all
select
    events.division_code,
    {{ month_count('events.event_month') }} as closes_from,
    {{ month_count('events.event_month') }} + 1 as opens_from,
    events.sex,
    {{ month_count('events.birth_month') }} as born,
    events.change as persons
from {{ ref('int_cohort_events') }} as events
inner join {{ ref('int_population_openings') }} as openings
    on
        events.division_code = openings.division_code
        and events.event_month >= openings.first_month
