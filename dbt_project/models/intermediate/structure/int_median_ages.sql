-- The age that half of a county's people have not reached, l + (N/2 - F) / f, where f people are l years old
-- and F of N are younger; as the pair (2 l f + N - 2 F) : 2 f of whole numbers, so that nothing is rounded.
with ages as (

    select
        division_code,
        period_type,
        period_start,
        age,
        sum(persons) as persons
    from {{ ref('int_population_structure') }}
    where division_level = 'county' and age is not null
    group by division_code, period_type, period_start, age

),

cumulated as (

    select
        ages.*,
        sum(ages.persons) over (
            partition by ages.division_code, ages.period_type, ages.period_start
        ) as everybody,
        sum(ages.persons) over (
            partition by ages.division_code, ages.period_type, ages.period_start
            order by ages.age asc nulls last
            rows between unbounded preceding and current row
        ) as up_to_age
    from ages

),

ranked as (

    select
        cumulated.*,
        row_number() over (
            partition by cumulated.division_code, cumulated.period_type, cumulated.period_start
            order by cumulated.age asc nulls last
        ) as age_rank
    from cumulated
    where 2 * cumulated.up_to_age >= cumulated.everybody and cumulated.persons > 0

)

select
    division_code,
    period_type,
    period_start,
    cast(2 * age * persons + everybody - 2 * (up_to_age - persons) as bigint) as numerator,
    cast(2 * persons as bigint) as denominator
from ranked
where age_rank = 1
