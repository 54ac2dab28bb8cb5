-- Closing = opening + births - deaths + moved in - moved out + adjustment, at every level and basis.
select
    division_code,
    period_start,
    basis
from {{ ref('mart_population_balance') }}
where closing <> opening + births - deaths + moved_in - moved_out + adjustment
