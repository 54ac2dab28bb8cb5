-- Households of a village at the end of a month, with the registered people in them and the women of 15 to
-- 49 years who are or were married: from the roster of the month, else as the village summary states them. A
-- roster on which too many have no household, or too many women no marital status, does not tell.
with limits as (

    select max(limit_value) as unknown_share
    from {{ ref('structure_limits') }}
    where limit_id = 'age_unknown_max_share'

),

persons as (

    select
        roster.unit_code,
        roster.period,
        roster.household_key,
        case
            when
                roster.sex = 'female'
                and {{ age_at_month_end(month_count('roster.period'), month_count('roster.birth_month')) }}
                between 15 and 49 then 1
            else 0
        end as is_woman,
        case
            when roster.marital_code is null or roster.marital_code = '90' then 'unknown'
            when roster.marital_code = '10' then 'never'
            else 'ever'
        end as married
    from {{ ref('int_roster_persons') }} as roster
    where roster.is_registered = 1

),

rosters as (

    select
        unit_code,
        period,
        count(*) as persons,
        count(household_key) as household_persons,
        count(distinct household_key) as households,
        sum(is_woman) as women,
        sum(case when married = 'unknown' then is_woman else 0 end) as women_unknown,
        sum(case when married = 'ever' then is_woman else 0 end) as women_married
    from persons
    group by unit_code, period

),

known as (

    select
        rosters.unit_code,
        rosters.period,
        case when rosters.household_persons >= (1 - limits.unknown_share) * rosters.persons then 1 else 0 end
            as has_households,
        case when rosters.women_unknown <= limits.unknown_share * rosters.women then 1 else 0 end
            as has_marriages,
        rosters.persons,
        rosters.household_persons,
        rosters.households,
        rosters.women_married
    from rosters
    cross join limits

)

select
    coalesce(known.unit_code, summary.unit_code) as division_code,
    coalesce(known.period, summary.period) as month,
    cast(
        case when known.has_households = 1 then known.households else summary.households end as bigint
    ) as households,
    cast(
        case when known.has_households = 1 then known.household_persons else summary.population end as bigint
    ) as household_persons,
    cast(
        case
            when known.has_marriages = 1 then known.women_married
            else summary.women_15_49_married
        end as bigint
    ) as women_married,
    cast(
        case when known.has_marriages = 1 then known.persons else summary.population end as bigint
    ) as roster_population
from known
full outer join {{ ref('int_l07_current') }} as summary
    on known.unit_code = summary.unit_code and known.period = summary.period
