-- Moves into and out of every division by date of the move and by how far away the other end lies. Villages
-- show all of them; in a township or county the moves inside it are netted by the smaller side (ruling R-05).
-- The total is that of the population balance, so what only a monthly report told has no known other end.
with totals as (

    {% for direction in ['in', 'out'] %}
    select
        division_code,
        month,
        month_start,
        month_end,
        '{{ direction }}' as direction,
        moved_{{ direction }} as moves
    from {{ ref('int_village_balance') }}
    where basis = 'occurred'
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

told as (

    select
        division_code,
        month,
        direction,
        sum(case when not is_other_township then moves else 0 end) as in_township,
        sum(case when is_other_township and not is_other_county then moves else 0 end) as in_other_township,
        sum(case when not is_other_county then moves else 0 end) as in_county,
        sum(case when is_other_county and not is_other_province then moves else 0 end) as in_province,
        sum(case when is_other_province then moves else 0 end) as beyond
    from {{ ref('int_moves_scoped') }}
    where basis = 'occurred'
    group by division_code, month, direction

),

summed as (

    select
        path.ancestor_code as division_code,
        path.ancestor_level as division_level,
        totals.month,
        totals.direction,
        sum(totals.moves) as moves,
        {% for scope in ['in_township', 'in_other_township', 'in_county', 'in_province', 'beyond'] %}
        sum(coalesce(told.{{ scope }}, 0)) as {{ scope }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from totals
    inner join {{ ref('int_division_paths') }} as path
        on
            totals.division_code = path.division_code
            and totals.month_start >= path.valid_from
            and totals.month_start < path.valid_to
    left join told
        on
            totals.division_code = told.division_code
            and totals.month = told.month
            and totals.direction = told.direction
    group by path.ancestor_code, path.ancestor_level, totals.month, totals.direction

)

select
    summed.division_code,
    summed.division_level,
    summed.month,
    summed.direction,
    cast(summed.moves - coalesce(internal.netted, 0) as bigint) as moves,
    cast(
        case summed.division_level
            when 'village' then summed.in_township
            when 'township' then summed.in_township - coalesce(internal.netted, 0)
        end as bigint
    ) as township,
    cast(
        case summed.division_level
            when 'county' then summed.in_county - coalesce(internal.netted, 0)
            else summed.in_other_township
        end as bigint
    ) as county,
    cast(summed.in_province as bigint) as province,
    cast(summed.beyond as bigint) as other
from summed
left join {{ ref('int_internal_moves') }} as internal
    on
        summed.division_code = internal.division_code
        and internal.basis = 'occurred'
        and summed.month = internal.month
