-- How many persons of one sex and month of birth come to (or leave) a division's stock in a month: the
-- changes of its villages, and whole villages as they join or leave it. The stock that closes a month is the
-- sum of all changes with `closes_from` up to it; the one that opens it, of those with `opens_from` up to it.
with months as (

    select max({{ month_count('month') }}) as last_month from {{ ref('int_months_known') }}

),

paths as (

    select
        division_code,
        ancestor_code,
        ancestor_level,
        {{ month_count(month_of('valid_from')) }}
        + case when extract(day from valid_from) > 1 then 1 else 0 end as from_month,
        {{ month_count(month_of('valid_to')) }}
        + case when extract(day from valid_to) > 1 then 1 else 0 end as to_month
    from {{ ref('int_division_paths') }}

),

dated as (

    select
        paths.ancestor_code as division_code,
        paths.ancestor_level as division_level,
        greatest(villages.closes_from, paths.from_month) as closes_from,
        greatest(villages.opens_from, paths.from_month) as opens_from,
        paths.to_month,
        villages.sex,
        villages.born,
        villages.persons
    from {{ ref('int_village_cohorts') }} as villages
    inner join paths on villages.division_code = paths.division_code
    where villages.closes_from < paths.to_month

),

united as (

    select
        division_code,
        division_level,
        closes_from,
        opens_from,
        sex,
        born,
        persons
    from dated
    union all
    select
        division_code,
        division_level,
        to_month as closes_from,
        to_month as opens_from,
        sex,
        born,
        -persons as persons
    from dated

)

select
    united.division_code,
    united.division_level,
    united.closes_from,
    united.opens_from,
    united.sex,
    united.born,
    cast(sum(united.persons) as bigint) as persons
from united
inner join months on united.closes_from <= months.last_month
group by
    united.division_code,
    united.division_level,
    united.closes_from,
    united.opens_from,
    united.sex,
    united.born
having sum(united.persons) <> 0
