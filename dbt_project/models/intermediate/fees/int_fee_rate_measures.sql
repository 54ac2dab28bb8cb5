-- What the other rates of the fee are made of. A part that the sheets of a county do not tell leaves its
-- measure without a value.
with unread as (

    select
        row_id,
        max(case when column_name = 'service_date' then 1 else 0 end) as is_service_unread,
        max(case when column_name = 'instalment_approval_date' then 1 else 0 end) as is_instalment_unread
    from {{ ref('int_fee_cells_unread') }}
    group by row_id

),

cohorts as (

    select
        cohorts.*,
        case when coalesce(unread.is_service_unread, 0) = 0 then cohorts.timely_yuan end as told_timely,
        case when coalesce(unread.is_instalment_unread, 0) = 0 then cohorts.instalment_cases end
            as told_instalments,
        case
            when max(cohorts.is_review_told) over (partition by cohorts.county_code) = 1
                then cohorts.reviewed_cases
        end as told_reviews,
        case when cohorts.required_yuan is not null then cohorts.collected_yuan end as computed_collected
    from {{ ref('int_fee_cohorts') }} as cohorts
    left join unread on cohorts.row_id = unread.row_id

),

filings as (

    select
        cases.township_code,
        cases.county_code,
        periods.period_type,
        periods.calendar,
        periods.period_start,
        periods.period_end,
        case when cases.decision_date < periods.period_end then 1 else 0 end as decided_cases
    from {{ ref('int_fee_cases') }} as cases
    inner join {{ ref('int_period_months') }} as periods
        on periods.month = {{ month_of('cases.filed_on') }}
    where periods.period_type in ('year', 'fp_year')

),

united as (

    {% for relation, level, measure, expression in [
        ('cohorts', 'county', 'fee_cohort_required', 'sum(required_yuan)'),
        ('cohorts', 'county', 'fee_cohort_required_collected', 'sum(computed_collected)'),
        ('cohorts', 'county', 'fee_cohort_computed_cases', 'count(conforming_cases)'),
        ('cohorts', 'county', 'fee_cohort_conforming_cases', 'sum(conforming_cases)'),
        ('cohorts', 'county', 'fee_cohort_timely', 'told_timely'),
        ('cohorts', 'county', 'fee_cohort_instalment_cases', 'told_instalments'),
        ('cohorts', 'county', 'fee_cohort_reviewed_cases', 'told_reviews'),
        ('filings', 'township', 'fee_cases_filed', 'count(*)'),
        ('filings', 'county', 'fee_cases_filed', 'count(*)'),
        ('filings', 'county', 'fee_filed_decided_cases', 'sum(decided_cases)'),
    ] %}
    select
        cast('{{ measure }}' as {{ dbt.type_string() }}) as measure,
        {{ level }}_code as division_code,
        cast('{{ level }}' as {{ dbt.type_string() }}) as division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        {% if expression.startswith('told') %}
        case when count({{ expression }}) = count(*) then sum({{ expression }}) end as value
        {% else %}
        {{ expression }} as value
        {% endif %}
    from {{ relation }}
    group by {{ level }}_code, period_type, period_start, period_end, calendar
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

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
from united
