-- The boundaries of today share out the same people: the county counts the same in both views.
select
    was.division_code,
    was.basis,
    was.period_start
from {{ ref('mart_population_balance') }} as was
full outer join {{ ref('mart_population_as_is') }} as as_is
    on
        was.division_code = as_is.division_code
        and was.basis = as_is.basis
        and was.period_start = as_is.period_start
where
    coalesce(was.division_level, as_is.division_level) = 'county'
    and coalesce(
        was.opening <> as_is.opening
        or was.births <> as_is.births
        or was.deaths <> as_is.deaths
        or was.moved_in - was.moved_out <> as_is.net_moves
        or was.adjustment <> as_is.adjustment
        or was.closing <> as_is.closing,
        true
    )
