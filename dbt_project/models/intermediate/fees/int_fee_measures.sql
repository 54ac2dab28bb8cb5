-- Only at the grains the catalogue allows: amounts by township and year, ratios by county and year.
with amounts as (

    {% for measure, column in [
        ('fee_assessed', 'assessed_yuan'),
        ('fee_collected', 'collected_yuan'),
        ('fee_outstanding', 'outstanding_yuan'),
        ('fee_surcharge', 'surcharge_yuan'),
        ('fee_refunded', 'refunded_yuan'),
        ('fee_waived', 'waived_yuan'),
        ('fee_terminated_2021', 'terminated_2021_yuan'),
        ('fee_court_applications', 'court_applied_cases'),
        ('fee_court_applications_amount', 'court_applied_yuan'),
        ('fee_court_recovered', 'court_recovered_yuan'),
    ] %}
    select
        cast('{{ measure }}' as {{ dbt.type_string() }}) as measure,
        division_code,
        division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        {{ column }} as value
    from {{ ref('int_fee_periods') }}
    where period_type in ('year', 'fp_year')
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

cohorts as (

    {% for measure, expression in [
        ('fee_cohort_assessed', 'sum(assessed_yuan)'),
        ('fee_cohort_collected', 'sum(collected_yuan)'),
        ('fee_cohort_cases', 'count(*)'),
        ('fee_cohort_paid_cases', 'sum(paid_cases)'),
    ] %}
    select
        cast('{{ measure }}' as {{ dbt.type_string() }}) as measure,
        county_code as division_code,
        cast('county' as {{ dbt.type_string() }}) as division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        {{ expression }} as value
    from {{ ref('int_fee_cohorts') }}
    group by county_code, period_type, period_start, period_end, calendar
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

final as (

    select * from amounts
    union all
    select * from cohorts

)

select
    measure,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    cast('none' as {{ dbt.type_string() }}) as pop_concept,
    cast(value as decimal(18, 2)) as value
from final
