-- Continuous quantiles of the cases of a county and year, told only from so many cases on, which
-- small_number_rules says. Of n cases in a row the quantile lies at (n - 1) q; each weighs ten less its
-- distance from there in tenths.
with ranked as (

    select
        *,
        count(*) over (partition by kind, county_code, period_type, period_start) as cases,
        row_number() over (
            partition by kind, county_code, period_type, period_start
            order by value asc nulls last, case_key asc nulls last
        ) as place
    from {{ ref('int_fee_case_figures') }}

),

weighed as (

    {% for measure, kind, tenths in [
        ('fee_multiple_p10', 'multiple', 1), ('fee_multiple_p50', 'multiple', 5),
        ('fee_multiple_p90', 'multiple', 9), ('fee_days_to_decision_p50', 'days_to_decision', 5),
        ('fee_days_to_pay_p50', 'days_to_pay', 5),
    ] %}
    select
        cast('{{ measure }}' as {{ dbt.type_string() }}) as measure,
        county_code,
        period_type,
        period_start,
        period_end,
        calendar,
        cases,
        sum(value * greatest(0, 10 - abs(10 * (place - 1) - {{ tenths }} * (cases - 1)))) * 0.1 as quantile
    from ranked
    where kind = '{{ kind }}'
    group by county_code, period_type, period_start, period_end, calendar, cases
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

united as (

    select
        weighed.measure,
        weighed.county_code,
        weighed.period_type,
        weighed.period_start,
        weighed.period_end,
        weighed.calendar,
        case when weighed.cases >= rules.least_events then weighed.quantile end as value
    from weighed
    inner join {{ ref('small_number_rules') }} as rules on rules.small_number_rule = 'SN_quantile'
    {% for measure, kind in [
        ('fee_multiple_cases', 'multiple'), ('fee_days_to_decision_cases', 'days_to_decision'),
        ('fee_days_to_pay_cases', 'days_to_pay'),
    ] %}
    union all
    select distinct
        '{{ measure }}' as measure,
        county_code,
        period_type,
        period_start,
        period_end,
        calendar,
        cases as value
    from ranked
    where kind = '{{ kind }}'
    {% endfor %}

)

select
    {{ text('measure') }} as measure,
    county_code as division_code,
    cast('county' as {{ dbt.type_string() }}) as division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    cast('none' as {{ dbt.type_string() }}) as pop_concept,
    cast(value as decimal(18, 2)) as value
from united
