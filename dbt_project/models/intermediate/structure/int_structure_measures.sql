-- What structure gives to indicators: persons and person-years by age, and the median age, which is known
-- where the ages are.
with stocks as (

    select * from {{ ref('int_age_stocks') }}

),

medians as (

    select
        stocks.division_code,
        stocks.division_level,
        stocks.period_type,
        stocks.period_start,
        stocks.period_end,
        stocks.calendar,
        stocks.pop_concept,
        case when stocks.value is not null then medians.numerator end as numerator,
        case when stocks.value is not null then medians.denominator end as denominator
    from stocks
    left join {{ ref('int_median_ages') }} as medians
        on
            stocks.division_code = medians.division_code
            and stocks.period_type = medians.period_type
            and stocks.period_start = medians.period_start
    where stocks.division_level = 'county' and stocks.measure = 'pop_age_known'

),

united as (

    {% for model in ['int_age_stocks', 'int_age_person_years'] %}
    select
        measure,
        division_code,
        division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        pop_concept,
        cast(value as decimal(18, 2)) as value
    from {{ ref(model) }}
    union all
    {% endfor %}
    {% for measure, column in [
        ('median_age_numerator', 'numerator'), ('median_age_denominator', 'denominator'),
    ] %}
    select
        '{{ measure }}' as measure,
        division_code,
        division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        pop_concept,
        cast({{ column }} as decimal(18, 2)) as value
    from medians
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from united
