-- Who lives in a township or county: who is registered there, less those away for half a year, with those who
-- came for half a year. Known only where every stay can be judged.
with stocks as (

    select
        stocks.*,
        period_months.period_type,
        period_months.period_start,
        period_months.period_end,
        period_months.calendar
    from {{ ref('int_float_stocks') }} as stocks
    inner join {{ ref('int_period_months') }} as period_months
        on
            stocks.month = period_months.month
            and period_months.month_end = period_months.period_end
            and period_months.period_type <> 'month'
    where stocks.float_def = 'sep6'

)

select
    stocks.division_code,
    stocks.division_level,
    stocks.period_type,
    stocks.period_start,
    stocks.period_end,
    stocks.calendar,
    cast(case
        when count(stocks.persons) = 2 and sum(stocks.undetermined) = 0
            then
                max(vital.closing)
                + sum(case stocks.direction when 'in' then stocks.persons else -stocks.persons end)
    end as bigint) as persons
from stocks
inner join {{ ref('int_vital_periods') }} as vital
    on
        stocks.division_code = vital.division_code
        and stocks.period_type = vital.period_type
        and stocks.period_start = vital.period_start
group by
    stocks.division_code,
    stocks.division_level,
    stocks.period_type,
    stocks.period_start,
    stocks.period_end,
    stocks.calendar
