-- The divisions of every county that anybody reported from: lists of other counties ship too.
-- The earliest known list of a county also describes the time before it (ruling R-11).
with reporting as (

    select distinct substr(unit_code, 1, 6) as county_prefix
    from {{ ref('stg_submissions') }}
    where unit_code is not null

),

divisions as (

    select divisions.*
    from {{ ref('stg_divisions') }} as divisions
    inner join reporting on substr(divisions.county_code, 1, 6) = reporting.county_prefix

),

first_lists as (

    select
        county_code,
        min(valid_from) as first_valid_from
    from divisions
    group by county_code

),

final as (

    select
        divisions.division_code,
        divisions.name_zh,
        divisions.name_en,
        divisions.division_level,
        divisions.parent_code,
        divisions.county_code,
        case
            when divisions.valid_from = first_lists.first_valid_from then cast('1949-10-01' as date)
            else divisions.valid_from
        end as valid_from,
        divisions.valid_to,
        divisions.valid_from = first_lists.first_valid_from as is_assumed_before
    from divisions
    inner join first_lists on divisions.county_code = first_lists.county_code

)

select * from final
