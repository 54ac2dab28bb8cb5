-- Moves whose two ends lie in the same township or county: k = min(in, out) of them is no growth of
-- that division (ruling R-05).
with within as (

    select
        path.ancestor_code as division_code,
        moves.basis,
        moves.month,
        cast(sum(case when moves.direction = 'in' then moves.moves else 0 end) as bigint) as internal_in,
        cast(sum(case when moves.direction = 'out' then moves.moves else 0 end) as bigint) as internal_out
    from {{ ref('int_moves_scoped') }} as moves
    inner join {{ ref('int_division_paths') }} as path
        on
            moves.division_code = path.division_code
            and moves.month_start >= path.valid_from
            and moves.month_start < path.valid_to
    where
        (path.ancestor_level = 'township' and not moves.is_other_township)
        or (path.ancestor_level = 'county' and not moves.is_other_county)
    group by path.ancestor_code, moves.basis, moves.month

)

select
    division_code,
    basis,
    month,
    internal_in,
    internal_out,
    least(internal_in, internal_out) as netted
from within
