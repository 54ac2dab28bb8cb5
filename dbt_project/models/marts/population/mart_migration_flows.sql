-- Where the people of a township's villages came from and went to, by year. Each register tells its own end:
-- a move between two townships of the county stands once as an arrival and once as a departure. What the
-- registers leave of all moves has no known other end.
with told as (

    select
        division_code,
        month,
        direction,
        moves,
        case
            when far_township is not null then far_township
            when other_division in ('township', 'county', 'province', 'country') then other_division
            when is_other_province then substr(other_division, 1, 2)
            when is_other_county then 'county'
            else 'unknown'
        end as other_area
    from {{ ref('int_moves_scoped') }}
    where basis = 'occurred'

),

united as (

    select
        division_code,
        month,
        direction,
        other_area,
        moves
    from told
    union all
    select
        division_code,
        month,
        direction,
        'unknown' as other_area,
        -moves as moves
    from told
    union all
    select
        division_code,
        month,
        direction,
        'unknown' as other_area,
        moves
    from {{ ref('int_migration') }}
    where division_level = 'village'

)

select
    {{ text('path.ancestor_code') }} as division_code,
    {{ text('path.ancestor_level') }} as division_level,
    {{ text('period_months.period_type') }} as period_type,
    cast(period_months.period_start as date) as period_start,
    cast(period_months.period_end as date) as period_end,
    {{ text("'hukou'") }} as pop_concept,
    {{ text('united.direction') }} as direction,
    {{ text('united.other_area') }} as other_area,
    cast(sum(united.moves) as bigint) as moves
from united
inner join {{ ref('int_period_months') }} as period_months
    on
        united.month = period_months.month
        and period_months.period_type in ('year', 'fp_year')
inner join {{ ref('int_division_paths') }} as path
    on
        united.division_code = path.division_code
        and period_months.month_start >= path.valid_from
        and period_months.month_start < path.valid_to
        and path.ancestor_level = 'township'
group by
    path.ancestor_code,
    path.ancestor_level,
    period_months.period_type,
    period_months.period_start,
    period_months.period_end,
    united.direction,
    united.other_area
having sum(united.moves) <> 0
