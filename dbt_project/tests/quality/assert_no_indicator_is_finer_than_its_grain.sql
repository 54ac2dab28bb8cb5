select
    indicators.indicator_code,
    indicators.division_code,
    indicators.period_start
from {{ ref('mart_indicators') }} as indicators
left join {{ ref('indicator_grains') }} as grains
    on
        indicators.indicator_code = grains.indicator_code
        and indicators.division_level = grains.division_level
        and indicators.period_type = grains.period_type
where grains.indicator_code is null
