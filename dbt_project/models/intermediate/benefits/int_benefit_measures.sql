-- What the indicators of benefits are made of. A figure that is not known stays as a row without a value.
{% set year_of = 'cast(substr(cast(periods.period_start as ' ~ dbt.type_string() ~ '), 1, 4) as integer)' %}
with told as (

    select distinct substr(unit_code, 1, 6) || '000000' as county_code
    from {{ ref('int_submissions_current') }}
    where form = 'L03'

),

irregular as (

    select
        payments.county_code as division_code,
        'county' as division_level,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.calendar,
        max(case when told.county_code is null then 0 else 1 end) as are_deaths_told,
        count(case when payments.months_after_death > 0 and payments.kept_yuan > 0 then 1 end) as after_death,
        sum(payments.is_repeated) as repeated,
        count(distinct case
            when payments.months_after_death > 1 and payments.kept_yuan > 0
                then payments.person_key || payments.programme
        end) as left_late
    from {{ ref('int_benefit_payments_judged') }} as payments
    inner join {{ ref('int_periods') }} as periods
        on
            periods.period_type = 'year'
            and payments.benefit_year = {{ year_of }}
    left join told on payments.county_code = told.county_code
    group by
        payments.county_code,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.calendar

),

united as (

    {% for measure, column in [
        ('confirmed', 'confirmed'),
        ('paid_persons', 'paid_persons'),
        ('confirmed_paid', 'confirmed_paid_persons'),
        ('in_full', 'in_full_persons'),
        ('due', 'due_yuan'),
        ('paid', 'paid_yuan'),
        ('payments_due', 'payments_due'),
        ('on_time', 'on_time_payments'),
    ] %}
    select
        'benefit_' || programme || '_{{ measure }}' as measure,
        division_code,
        division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        cast({{ column }} as decimal(18, 2)) as value
    from {{ ref('int_benefit_periods') }}
    union all
    {% endfor %}
    {% for measure, expression in [
        ('benefit_post_death_payments', 'case when are_deaths_told = 1 then after_death end'),
        ('benefit_late_exits', 'case when are_deaths_told = 1 then left_late end'),
        ('benefit_duplicate_payments', 'repeated'),
    ] %}
    select
        '{{ measure }}' as measure,
        division_code,
        division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        cast({{ expression }} as decimal(18, 2)) as value
    from irregular
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
    'none' as pop_concept,
    value
from united
