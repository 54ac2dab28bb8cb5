-- What is known of one month of one office only in part leaves the sums of that period unknown.
{% set known = ['remitted', 'remitted_for', 'returned'] %}
with office_periods as (

    select
        months.*,
        periods.period_type,
        periods.calendar,
        periods.period_start,
        periods.period_end,
        coalesce(lags.lag_yuan, 0) as lag_yuan,
        coalesce(lags.lag_yuan_days, 0) as lag_yuan_days,
        case when months.first_month is null then 0 else 1 end as is_whole,
        row_number() over (
            partition by months.fee_unit_code, periods.period_type, periods.period_start
            order by months.month asc nulls last
        ) as place,
        row_number() over (
            partition by months.fee_unit_code, periods.period_type, periods.period_start
            order by months.month desc nulls last
        ) as place_from_end
    from {{ ref('int_treasury_balances') }} as months
    inner join {{ ref('int_period_months') }} as periods on months.month = periods.month
    left join {{ ref('int_treasury_lags') }} as lags
        on months.fee_unit_code = lags.fee_unit_code and months.month = lags.month

),

summed as (

    {% for level in ['township', 'county'] %}
    select
        {{ level }}_code as division_code,
        {{ text("'" ~ level ~ "'") }} as division_level,
        period_type,
        calendar,
        period_start,
        period_end,
        count(*) as office_months,
        sum(is_whole) as whole_office_months,
        {% for flow in ['collected', 'surcharge', 'refunded', 'surcharge_refunded', 'due'] + known %}
        sum({{ flow }}_yuan) as {{ flow }}_yuan,
        {% endfor %}
        sum(case when place = 1 then opening_yuan end) as opening_yuan,
        sum(case when place_from_end = 1 then closing_yuan end) as closing_yuan,
        sum(case when place_from_end = 1 then greatest(short_yuan, 0) end) as overdue_yuan,
        max(case when place_from_end = 1 and short_yuan is null then 1 else 0 end) as is_overdue_open,
        sum(lag_yuan) as lag_yuan,
        sum(lag_yuan_days) as lag_yuan_days
    from office_periods
    group by {{ level }}_code, period_type, calendar, period_start, period_end
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select
    division_code,
    division_level,
    period_type,
    calendar,
    period_start,
    period_end,
    case
        when whole_office_months = office_months then 'whole'
        when whole_office_months = 0 then 'no_data'
        else 'gap'
    end as status,
    cast(office_months as bigint) as office_months,
    cast(whole_office_months as bigint) as whole_office_months,
    {% for flow in ['collected', 'surcharge', 'refunded', 'surcharge_refunded', 'due'] %}
    cast({{ flow }}_yuan as decimal(14, 2)) as {{ flow }}_yuan,
    {% endfor %}
    {% for column in known + ['opening', 'closing'] %}
    case
        when whole_office_months = office_months then cast({{ column }}_yuan as decimal(14, 2))
    end as {{ column }}_yuan,
    {% endfor %}
    case
        when whole_office_months = office_months and is_overdue_open = 0
            then cast(overdue_yuan as decimal(14, 2))
    end as overdue_yuan,
    case when whole_office_months = office_months then cast(lag_yuan as decimal(14, 2)) end as lag_yuan,
    case
        when whole_office_months = office_months then cast(lag_yuan_days as decimal(18, 2))
    end as lag_yuan_days
from summed
