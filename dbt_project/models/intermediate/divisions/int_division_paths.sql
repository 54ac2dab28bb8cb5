-- One row per division, ancestor (itself included) and span of days in which that ancestry held.
with divisions as (

    select * from {{ ref('int_divisions_dated') }}

),

own as (

    select
        division_code,
        division_level,
        division_code as ancestor_code,
        division_level as ancestor_level,
        parent_code,
        valid_from,
        valid_to
    from divisions

),

parents as (

    select
        own.division_code,
        own.division_level,
        divisions.division_code as ancestor_code,
        divisions.division_level as ancestor_level,
        divisions.parent_code,
        greatest(own.valid_from, divisions.valid_from) as valid_from,
        least(own.valid_to, divisions.valid_to) as valid_to
    from own
    inner join divisions
        on
            own.parent_code = divisions.division_code
            and own.valid_from < divisions.valid_to
            and own.valid_to > divisions.valid_from

),

grandparents as (

    select
        parents.division_code,
        parents.division_level,
        divisions.division_code as ancestor_code,
        divisions.division_level as ancestor_level,
        divisions.parent_code,
        greatest(parents.valid_from, divisions.valid_from) as valid_from,
        least(parents.valid_to, divisions.valid_to) as valid_to
    from parents
    inner join divisions
        on
            parents.parent_code = divisions.division_code
            and parents.valid_from < divisions.valid_to
            and parents.valid_to > divisions.valid_from

),

united as (

    select * from own
    union all
    select * from parents
    union all
    select * from grandparents

),

final as (

    select
        division_code,
        division_level,
        ancestor_code,
        ancestor_level,
        valid_from,
        valid_to
    from united

)

select * from final
