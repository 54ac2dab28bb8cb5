-- What changed on the decisions of a year, by month. What was paid before the decision belongs to no year
-- until the day of the decision; so does what was paid on no decision at all.
{% set moved = [
    'annulled_yuan', 'received_yuan', 'waived_yuan', 'written_off_yuan', 'terminated_2021_yuan',
    'assessed_yuan', 'collected_change_yuan', 'paid_change_cases', 'outstanding_change_cases',
    'outstanding_change_yuan', 'refund_due_change_yuan',
] %}

with days as (

    select
        days.*,
        balances.outstanding_change_cases,
        balances.outstanding_change_yuan,
        balances.refund_due_change_yuan,
        case when cases.assessed_yuan > 0 then cases.decision_date end as decided_on
    from {{ ref('int_fee_case_days') }} as days
    inner join {{ ref('int_fee_case_balances') }} as balances
        on
            days.case_key = balances.case_key
            and days.event_date = balances.event_date
    left join {{ ref('int_fee_cases') }} as cases on days.case_key = cases.case_key

),

{% for part, since, sign, condition in [
    ('decided', 'greatest(event_date, decided_on)', 1, 'decided_on is not null'),
    ('undecided', 'event_date', 1, 'decided_on is null or event_date < decided_on'),
    ('decided_since', 'decided_on', -1, 'event_date < decided_on'),
] %}
{{ part }} as (

    select
        county_code,
        cast({{ 'decided_on' if part == 'decided' else 'null' }} as date) as cohort_on,
        {{ month_of(since) }} as month,
        case when {{ 'event_date = decided_on' if part == 'decided' else 'false' }} then 1 else 0 end
            as decided_cases,
        {% for column in moved %}
        {{ sign }} * {{ column }} as {{ column }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from days
    where {{ condition }}

),

{% endfor %}
united as (

    select * from decided
    union all
    select * from undecided
    union all
    select * from decided_since

),

final as (

    {% for period_type, start in [('year', 'year_start'), ('fp_year', 'fp_year_start')] %}
    select
        united.county_code,
        cast('{{ period_type }}' as {{ dbt.type_string() }}) as period_type,
        months.{{ start }} as cohort_start,
        united.month,
        sum(united.decided_cases) as decided_cases,
        {% for column in moved %}
        sum(united.{{ column }}) as {{ column }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from united
    left join {{ ref('calendar_months') }} as months
        on months.month = {{ month_of('united.cohort_on') }}
    group by united.county_code, months.{{ start }}, united.month
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from final
