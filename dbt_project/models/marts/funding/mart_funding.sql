-- Townships as their offices state it; the county what counts for it, so that its lines add up. What a
-- township has for bereaved and disabled families is left out there, as its benefits are.
{% set year_of = 'cast(substr(cast(periods.period_start as ' ~ dbt.type_string() ~ '), 1, 4) as integer)' %}
with stated as (

    {% for level, counts in [
        ('township', "lines.township_code is not null and coalesce(programmes.least_level, 'township') = 'township'"),
        ('county', 'lines.counts_for_county = 1'),
    ] %}
    select
        lines.{{ level }}_code as division_code,
        '{{ level }}' as division_level,
        lines.fund_year,
        lines.source_code,
        lines.subject_code,
        {% for column in ['budget', 'received', 'spent', 'returned', 'balance'] %}
        case
            when count(lines.{{ column }}_yuan) = count(*) then sum(lines.{{ column }}_yuan)
        end as {{ column }}_yuan
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_funding_lines') }} as lines
    left join {{ ref('benefit_programmes') }} as programmes on lines.subject_code = programmes.programme
    where {{ counts }}
    group by lines.{{ level }}_code, lines.fund_year, lines.source_code, lines.subject_code
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select
    {{ text('stated.division_code') }} as division_code,
    {{ text('stated.division_level') }} as division_level,
    {{ text('periods.period_type') }} as period_type,
    cast(periods.period_start as date) as period_start,
    cast(periods.period_end as date) as period_end,
    {{ text('stated.source_code') }} as source_code,
    {{ text('stated.subject_code') }} as subject_code,
    cast(stated.budget_yuan as decimal(14, 2)) as budget_yuan,
    cast(stated.received_yuan as decimal(14, 2)) as received_yuan,
    cast(stated.spent_yuan as decimal(14, 2)) as spent_yuan,
    cast(stated.returned_yuan as decimal(14, 2)) as returned_yuan,
    cast(stated.balance_yuan as decimal(14, 2)) as balance_yuan
from stated
inner join {{ ref('int_periods') }} as periods
    on
        periods.period_type = 'year'
        and stated.fund_year = {{ year_of }}
