-- Figures of single cases of which a county and year is told the quantiles.
with paid as (

    select
        days.case_key,
        cases.county_code,
        cases.service_date,
        periods.period_type,
        periods.calendar,
        periods.period_start,
        periods.period_end,
        row_number() over (
            partition by days.case_key, periods.period_type, periods.period_start
            order by days.event_date desc nulls last
        ) as recency,
        days.event_date as paid_on
    from {{ ref('int_fee_case_days') }} as days
    inner join {{ ref('int_fee_cases') }} as cases on days.case_key = cases.case_key
    inner join {{ ref('int_period_months') }} as periods
        on periods.month = {{ month_of('days.event_date') }}
    where days.paid_change_cases = 1 and periods.period_type in ('year', 'fp_year')

),

told as (

    {% for kind, value, relation, condition in [
        ('multiple', ratio('assessed_yuan', 'base_income_yuan'), ref('int_fee_cohorts'), 'base_income_yuan > 0'),
        ('days_to_decision', dbt.datediff('filed_on', 'decision_date', 'day'), ref('int_fee_cohorts'), 'true'),
        ('days_to_pay', dbt.datediff('service_date', 'paid_on', 'day'), 'paid', 'recency = 1'),
    ] %}
    select
        cast('{{ kind }}' as {{ dbt.type_string() }}) as kind,
        case_key,
        county_code,
        period_type,
        calendar,
        period_start,
        period_end,
        cast({{ value }} as decimal(18, 6)) as value
    from {{ relation }}
    where {{ condition }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from told
where value >= 0
