-- A stock that is not known stays as a row without a value. A mark that no register of the division carries
-- (filed, certificate, verified) is not known.
with stocks as (

    select
        stocks.*,
        case when stocks.filed > 0 then stocks.filed end as filed_told,
        case when stocks.certificates_told > 0 then stocks.women_certified end as women_certified_told,
        case when stocks.women_verified > 0 then stocks.women_verified end as women_verified_told,
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

)

{% for measure, direction, pop_concept, value in [
    ('float_in_', 'in', 'resident', 'persons'),
    ('float_out_', 'out', 'hukou', 'persons'),
    ('float_filed_in_', 'in', 'resident', 'filed_told'),
    ('float_filed_out_', 'out', 'hukou', 'filed_told'),
    ('float_women_in_', 'in', 'resident', 'women'),
    ('float_women_out_', 'out', 'hukou', 'women'),
    ('float_women_certified_in_', 'in', 'resident', 'women_certified_told'),
    ('float_women_certified_out_', 'out', 'hukou', 'women_certified_told'),
    ('float_women_verified_in_', 'in', 'resident', 'women_verified_told'),
    ('float_women_verified_out_', 'out', 'hukou', 'women_verified_told'),
] %}
select
    {{ text("'" ~ measure ~ "' || float_def") }} as measure,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    {{ text("'" ~ pop_concept ~ "'") }} as pop_concept,
    cast({{ value }} as decimal(18, 2)) as value
from stocks
where direction = '{{ direction }}'
union all
{% endfor %}
select
    {{ text("'pop_resident_end'") }} as measure,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    {{ text("'resident'") }} as pop_concept,
    cast(persons as decimal(18, 2)) as value
from {{ ref('int_residents') }}
