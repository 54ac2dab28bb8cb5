-- ngr = cbr - cdr: all three share one denominator and one unit.
select
    growth.division_code,
    growth.period_start
from {{ ref('mart_indicators') }} as growth
inner join {{ ref('mart_indicators') }} as births
    on
        growth.division_code = births.division_code
        and growth.period_type = births.period_type
        and growth.period_start = births.period_start
        and births.indicator_code = 'cbr'
inner join {{ ref('mart_indicators') }} as deaths
    on
        growth.division_code = deaths.division_code
        and growth.period_type = deaths.period_type
        and growth.period_start = deaths.period_start
        and deaths.indicator_code = 'cdr'
where
    growth.indicator_code = 'ngr'
    and (
        growth.unit <> births.unit
        or growth.unit <> deaths.unit
        or abs(growth.value - births.value + deaths.value) > 1e-9
    )
