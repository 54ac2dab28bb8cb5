-- Persons of all sexes and ages together are the closing of the balance; townships are their county.
with counted as (

    select
        division_code,
        period_end,
        sum(persons) as persons
    from {{ ref('mart_population_structure') }}
    group by division_code, period_type, period_end

),

stated as (

    select
        balance.division_code,
        balance.period_end,
        balance.closing
    from {{ ref('mart_population_balance') }} as balance
    inner join {{ ref('int_periods') }} as periods
        on
            balance.period_end = periods.period_end
            and periods.period_type in ('year', 'fp_year')
    where balance.basis = 'occurred' and balance.division_level <> 'village'

),

groups as (

    select
        period_type,
        period_start,
        sex,
        age_group,
        substr(division_code, 1, 6) as county_prefix,
        sum(case when division_level = 'county' then persons else 0 end) as county_persons,
        sum(case when division_level = 'township' then persons else 0 end) as township_persons
    from {{ ref('mart_population_structure') }}
    group by period_type, period_start, sex, age_group, substr(division_code, 1, 6)

)

select
    coalesce(stated.division_code, counted.division_code) as division_code,
    coalesce(stated.period_end, counted.period_end) as period_end
from stated
full outer join counted
    on
        stated.division_code = counted.division_code
        and stated.period_end = counted.period_end
where coalesce(stated.closing, 0) <> coalesce(counted.persons, 0)
union all
select
    county_prefix as division_code,
    period_start as period_end
from groups
where county_persons <> township_persons
