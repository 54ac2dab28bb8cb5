-- The stock of a period is that of its last day.
select
    {{ text('stocks.division_code') }} as division_code,
    {{ text('stocks.division_level') }} as division_level,
    {{ text('period_months.period_type') }} as period_type,
    cast(period_months.period_start as date) as period_start,
    cast(period_months.period_end as date) as period_end,
    {{ text('stocks.direction') }} as direction,
    {{ text('stocks.float_def') }} as float_def,
    cast(stocks.persons as bigint) as persons,
    cast(stocks.undetermined as bigint) as undetermined,
    cast(stocks.villages as bigint) as villages,
    cast(stocks.villages_received as bigint) as villages_received
from {{ ref('int_float_stocks') }} as stocks
inner join {{ ref('int_period_months') }} as period_months
    on
        stocks.month = period_months.month
        and period_months.month_end = period_months.period_end
        and period_months.period_type <> 'month'
