-- A value is its own numerator over its own denominator, to the last published digit.
select
    rates.indicator_code,
    rates.division_code,
    rates.period_start
from {{ ref('mart_indicators') }} as rates
inner join {{ ref('indicators') }} as catalogue on rates.indicator_code = catalogue.indicator_code
where
    rates.value is not null
    and catalogue.denominator_measure is not null
    and catalogue.method not in ('standardised_sum', 'standardised_mean', 'balanced_share')
    and abs(rates.value - catalogue.scale * {{ ratio('rates.numerator', 'rates.denominator') }}) > 1e-9
