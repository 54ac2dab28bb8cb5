{% set couple = [
    'division_code', 'month', 'event_date', 'husband_key', 'wife_key', 'husband_area', 'wife_area', 'told_by',
] %}
-- Couples by division and month of the wedding, each once a division (ruling R-05): a couple that two
-- villages of a township tell of is one couple of the township, so villages do not add up to it. Where a
-- number is missing, the village that tells of more such couples speaks. Where no register of marriages came,
-- the monthly report does, which knows no first marriages.
with placed as (

    select
        path.ancestor_code as division_code,
        couples.*,
        coalesce(couples.wife_key, couples.one_key) as told_key
    from {{ ref('int_couples') }} as couples
    inner join {{ ref('calendar_months') }} as months on couples.month = months.month
    inner join {{ ref('int_division_paths') }} as path
        on
            couples.unit_code = path.division_code
            and months.month_start >= path.valid_from
            and months.month_start < path.valid_to

),

by_book as (

    select
        {{ couple | join(', ') }},
        unit_code,
        count(distinct told_key) + sum(case when told_key is null then 1 else 0 end) as marriages,
        count(distinct case when is_first_f = 1 then told_key end)
        + sum(case when told_key is null then is_first_f else 0 end) as first_marriages_f,
        count(distinct case when is_first_m = 1 then told_key end)
        + sum(case when told_key is null then is_first_m else 0 end) as first_marriages_m
    from placed
    group by {{ couple | join(', ') }}, unit_code

),

once as (

    select
        division_code,
        month,
        max(marriages) as marriages,
        max(first_marriages_f) as first_marriages_f,
        max(first_marriages_m) as first_marriages_m
    from by_book
    group by {{ couple | join(', ') }}

),

united as (

    select * from once
    union all
    select
        path.ancestor_code as division_code,
        reports.period as month,
        reports.marriages,
        reports.first_marriages as first_marriages_f,
        reports.first_marriages as first_marriages_m
    from {{ ref('int_marriages_reported') }} as reports
    inner join {{ ref('calendar_months') }} as months on reports.period = months.month
    inner join {{ ref('int_division_paths') }} as path
        on
            reports.unit_code = path.division_code
            and months.month_start >= path.valid_from
            and months.month_start < path.valid_to

)

select
    division_code,
    month,
    cast(sum(marriages) as bigint) as marriages,
    cast(sum(first_marriages_f) as bigint) as first_marriages_f,
    cast(sum(first_marriages_m) as bigint) as first_marriages_m
from united
group by division_code, month
