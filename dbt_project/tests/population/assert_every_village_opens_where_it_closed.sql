select
    later.division_code,
    later.basis,
    later.period_start
from {{ ref('mart_population_balance') }} as later
inner join {{ ref('mart_population_balance') }} as earlier
    on
        later.division_code = earlier.division_code
        and later.basis = earlier.basis
        and later.period_start = earlier.period_end
where
    later.division_level = 'village'
    and later.opening <> earlier.closing
