-- Five times the published rates of the seven groups make the published total, per woman and not per 1,000.
select
    totals.division_code,
    totals.period_start
from {{ ref('mart_indicators') }} as totals
inner join {{ ref('mart_indicators') }} as rates
    on
        totals.division_code = rates.division_code
        and totals.period_type = rates.period_type
        and totals.period_start = rates.period_start
        and rates.indicator_code like 'asfr%'
where totals.indicator_code = 'tfr' and totals.value is not null
group by totals.division_code, totals.period_type, totals.period_start
having
    abs(max(totals.value) - 5 * sum(cast(rates.value as decimal(28, 18))) / 1000) > 1e-9
    or count(rates.value) <> 7
