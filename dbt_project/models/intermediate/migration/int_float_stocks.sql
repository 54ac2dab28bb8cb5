-- The floating population of townships and counties at the end of every quarter. What a township counts has
-- crossed its border, what a county counts the county's, so townships do not add up. One village whose
-- register is due and did not come leaves the stock unknown.
{% set figures = ['persons', 'filed', 'women', 'women_certified', 'women_verified', 'certificates_told'] %}
with flows as (

    select 'in' as direction
    union all
    select 'out' as direction

),

known as (

    select
        villages.division_code,
        villages.division_level,
        villages.month,
        flows.direction,
        definitions.float_def,
        cast(count(*) as bigint) as villages,
        cast(sum(villages.is_received) as bigint) as villages_received,
        sum(villages.is_received) = count(*) as is_whole
    from {{ ref('int_float_due') }} as villages
    inner join {{ ref('float_definitions') }} as definitions
        on
            villages.month_end > definitions.valid_from
            and villages.month_end <= definitions.valid_to
    cross join flows
    group by
        villages.division_code,
        villages.division_level,
        villages.month,
        flows.direction,
        definitions.float_def

),

counted as (

    select
        villages.division_code,
        villages.month,
        stays.direction,
        stays.float_def,
        coalesce(
            stays.is_floating and (villages.division_level = 'township' or stays.is_other_county), false
        ) as is_counted,
        {% for figure in figures %}
        stays.{{ figure }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_float_due') }} as villages
    inner join {{ ref('int_float_villages') }} as stays
        on
            villages.village_code = stays.division_code
            and villages.month = stays.month
    where coalesce(villages.division_level = 'township' or stays.is_other_county, true)

),

summed as (

    select
        division_code,
        month,
        direction,
        float_def,
        sum(case when not is_counted then persons else 0 end) as undetermined,
        {% for figure in figures %}
        sum(case when is_counted then {{ figure }} else 0 end) as {{ figure }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from counted
    group by division_code, month, direction, float_def

)

select
    known.division_code,
    known.division_level,
    known.month,
    known.direction,
    known.float_def,
    known.villages,
    known.villages_received,
    {% for figure in ['undetermined'] + figures %}
    cast(case when known.is_whole then coalesce(summed.{{ figure }}, 0) end as bigint) as {{ figure }}
    {%- if not loop.last %},{% endif %}
    {% endfor %}
from known
left join summed
    on
        known.division_code = summed.division_code
        and known.month = summed.month
        and known.direction = summed.direction
        and known.float_def = summed.float_def
