-- Stock and informed choice for the indicators. A book can be held against a count only where both are told;
-- each supply stays in its own unit. Stock is that of the last month of a period, procedures add up over it.
with rows_placed as (

    select
        ledger.*,
        units.township_code,
        units.county_code,
        coalesce({{ month_of('ledger.issue_date') }}, ledger.period) as service_month
    from {{ ref('int_l09_current') }} as ledger
    inner join {{ ref('int_fee_units') }} as units on ledger.unit_code = units.unit_code

),

figures as (

    select
        township_code,
        county_code,
        'stock_book' as measure,
        period as month,
        1 as is_stock,
        closing_quantity as value
    from rows_placed
    where item_code is not null and closing_quantity is not null and counted_quantity is not null
    union all
    select
        township_code,
        county_code,
        'stock_difference' as measure,
        period as month,
        1 as is_stock,
        abs(closing_quantity - counted_quantity) as value
    from rows_placed
    where item_code is not null and closing_quantity is not null and counted_quantity is not null
    union all
    select
        township_code,
        county_code,
        'procedures' as measure,
        service_month as month,
        0 as is_stock,
        case_count as value
    from rows_placed
    where service_code = 'operation' and case_count is not null and has_informed_consent is not null
    union all
    select
        township_code,
        county_code,
        'procedures_consented' as measure,
        service_month as month,
        0 as is_stock,
        case when has_informed_consent then case_count else 0 end as value
    from rows_placed
    where service_code = 'operation' and case_count is not null and has_informed_consent is not null

)

{% for level in ['township', 'county'] %}
select
    figures.measure,
    figures.{{ level }}_code as division_code,
    '{{ level }}' as division_level,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.calendar,
    'none' as pop_concept,
    cast(sum(figures.value) as decimal(18, 2)) as value
from figures
inner join {{ ref('int_period_months') }} as periods
    on
        figures.month = periods.month
        and (figures.is_stock = 0 or periods.month_end = periods.period_end)
where periods.period_type <> 'month'
group by
    figures.measure,
    figures.{{ level }}_code,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.calendar
{% if not loop.last %}union all{% endif %}
{% endfor %}
