-- County years of which every month is known. Spending is told twice: by itself, and as the one of a
-- population.
{% set year_of = 'cast(substr(cast(periods.period_start as ' ~ dbt.type_string() ~ '), 1, 4) as integer)' %}
with years as (

    select
        growth.spender_code as division_code,
        'county' as division_level,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.calendar,
        growth.spent_yuan,
        growth.spent_before_yuan,
        growth.above_revenue_yuan
    from {{ ref('int_funding_growth') }} as growth
    inner join {{ ref('int_periods') }} as periods
        on
            periods.period_type = 'year'
            and growth.fund_year = {{ year_of }}
    where growth.spender = 'county'

)

{% for measure, column, pop_concept in [
    ('funding_spent', 'spent_yuan', 'none'),
    ('funding_spent', 'spent_yuan', 'hukou'),
    ('funding_spent_before', 'spent_before_yuan', 'none'),
    ('funding_above_revenue', 'above_revenue_yuan', 'none'),
] %}
select
    '{{ measure }}' as measure,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    '{{ pop_concept }}' as pop_concept,
    cast({{ column }} as decimal(18, 2)) as value
from years
{% if not loop.last %}union all{% endif %}
{% endfor %}
