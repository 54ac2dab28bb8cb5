-- The office whose books the benefits and the funding of a unit belong to: a village's own sheet counts
-- for its township, because money is never shown below that level.
with reporting as (

    select distinct
        unit_code,
        division_code
    from {{ ref('int_submissions_current') }}
    where form in ('L15', 'L19')

),

-- The latest known path: books stay with the office that keeps them today.
paths as (

    select
        division_code,
        division_level,
        ancestor_code,
        ancestor_level,
        row_number() over (
            partition by division_code, ancestor_level
            order by valid_to desc nulls last, ancestor_code asc nulls last
        ) as recency
    from {{ ref('int_division_paths') }}

),

located as (

    select
        reporting.unit_code,
        min(paths.division_level) as division_level,
        max(case when paths.ancestor_level = 'township' then paths.ancestor_code end) as township_code,
        max(case when paths.ancestor_level = 'county' then paths.ancestor_code end) as county_code
    from reporting
    inner join paths
        on
            reporting.division_code = paths.division_code
            and paths.recency = 1
    group by reporting.unit_code

)

select
    unit_code,
    case when division_level = 'village' then township_code else unit_code end as office_code,
    township_code,
    county_code
from located
