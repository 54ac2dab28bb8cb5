-- Growth of a period by date of event, and what the reported closing of its last month differs by from the
-- balance. People whom a change of divisions moved are no growth.
{% set is_yearly =
    "basis = 'occurred' and division_level <> 'village' and period_type in ('year', 'fp_year')" %}
with balance as (

    select
        balance.division_code,
        balance.division_level,
        balance.basis,
        balance.births - balance.deaths + balance.moved_in - balance.moved_out as growth,
        balance.adjustment,
        balance.births + balance.deaths + balance.moved_in + balance.moved_out as changes,
        balance.reported_closing - balance.closing as residual,
        case when balance.month_start = period_months.period_start then balance.opening end as opening,
        case
            when balance.basis = 'reported' and balance.month_end = period_months.period_end then 1
            else 0
        end as is_last,
        period_months.period_type,
        period_months.period_start,
        period_months.period_end,
        period_months.calendar
    from {{ ref('int_population_balance') }} as balance
    inner join {{ ref('int_period_months') }} as period_months on balance.month = period_months.month

),

united as (

{% for measure, condition, expression in [
    ('growth', "basis = 'occurred'", 'sum(growth)'),
    ('growth_and_adjustment', is_yearly, 'sum(growth + adjustment)'),
    ('growth_events', is_yearly, 'sum(changes)'),
    ('pop_begin', is_yearly, 'sum(opening)'),
    ('balance_residual', 'is_last = 1', 'sum(residual)'),
] %}
    select
        '{{ measure }}' as measure,
        division_code,
        division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        'hukou' as pop_concept,
        cast({{ expression }} as decimal(18, 2)) as value
    from balance
    where {{ condition }}
    group by division_code, division_level, period_type, period_start, period_end, calendar
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from united
