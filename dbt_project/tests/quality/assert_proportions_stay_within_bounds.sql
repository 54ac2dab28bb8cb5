-- A percentage lies between 0 and 100, an interval holds its value: a wrong unit breaks both.
select
    rates.indicator_code,
    rates.division_code,
    rates.period_start,
    rates.value
from {{ ref('mart_indicators') }} as rates
inner join {{ ref('indicators') }} as catalogue on rates.indicator_code = catalogue.indicator_code
where
    (catalogue.method = 'proportion' and (rates.value < 0 or rates.value > catalogue.scale))
    or rates.value < rates.ci_low - 1e-9
    or rates.value > rates.ci_high + 1e-9
