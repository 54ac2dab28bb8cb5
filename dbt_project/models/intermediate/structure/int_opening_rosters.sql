-- The roster that tells who the people of a stated opening were: the one whose heads come nearest to what
-- the village's own reports make of its month, the first one if several do. Some villages list registered
-- people alone, others everybody present: the count nearer to the reports is the one that is meant.
with openings as (

    select
        stated.division_code,
        stated.first_month,
        stated.opening,
        months.month_no
    from {{ ref('int_population_openings') }} as stated
    inner join {{ ref('calendar_months') }} as months on stated.first_month = months.month
    where stated.source_form = 'L16'

),

expected as (

    select
        division_code,
        month,
        closing as persons
    from {{ ref('int_village_balance') }}
    where basis = 'reported'
    union all
    select
        openings.division_code,
        months.month,
        openings.opening as persons
    from openings
    inner join {{ ref('calendar_months') }} as months on openings.month_no = months.month_no + 1

),

heads as (

    select
        unit_code,
        period,
        count(*) as listed,
        sum(is_registered) as registered
    from {{ ref('int_roster_persons') }}
    group by unit_code, period

),

compared as (

    select
        openings.division_code,
        openings.first_month,
        heads.period,
        abs(heads.registered - expected.persons) as registered_off,
        abs(heads.listed - expected.persons) as listed_off
    from openings
    inner join heads on openings.division_code = heads.unit_code
    inner join expected
        on
            heads.unit_code = expected.division_code
            and heads.period = expected.month

),

ranked as (

    select
        compared.*,
        row_number() over (
            partition by compared.division_code
            order by
                least(compared.registered_off, compared.listed_off) asc nulls last,
                compared.period asc nulls last
        ) as nearness
    from compared

)

select
    division_code,
    first_month,
    period,
    case when registered_off <= listed_off then 1 else 0 end as least_registered
from ranked
where nearness = 1
