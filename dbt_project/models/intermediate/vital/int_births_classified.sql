-- Births of a village by month of birth, in classes of order, sex and the mother's age. A birthday in the
-- month of the event counts as past, since only its month is known. Where no births ledger came the monthly
-- report speaks of order, unless it mixes in births of earlier years; it says nothing of sex by order or of
-- mothers.
with recorded as (

    select
        ledger.unit_code,
        {{ month_of('ledger.birth_date') }} as month,
        ledger.birth_order,
        ledger.sex,
        {{ month_count(month_of('ledger.birth_date')) }}
        - {{ month_count('ledger.mother_birth_month') }} as mother_months
    from {{ ref('int_l02_current') }} as ledger
    where coalesce(ledger.birth_event_type, 'birth') <> 'adoption'

),

counted as (

    select
        unit_code,
        month,
        {% for measure, condition in birth_classes() %}
        sum(case when {{ condition }} then 1 else 0 end) as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from recorded
    group by unit_code, month

),

reported as (

    select
        report.unit_code,
        report.period as month,
        coalesce(report.births_order_1, 0) as births_order_1,
        coalesce(report.births_order_2, 0) as births_order_2,
        coalesce(report.births_order_3, 0) as births_order_3p
    from {{ ref('int_l16_current') }} as report
    left join {{ ref('int_submissions_current') }} as ledger_submission
        on
            report.unit_code = ledger_submission.unit_code
            and report.period = ledger_submission.period
            and ledger_submission.form = 'L02'
    where ledger_submission.submission_id is null and coalesce(report.births_prev_unreported, 0) = 0

),

united as (

    select * from counted
    union all
    select
        unit_code,
        month,
        {% for measure, _ in birth_classes() %}
        {% if measure == 'births_order_known' %}
        births_order_1 + births_order_2 + births_order_3p
        {%- elif measure in ['births_order_1', 'births_order_2', 'births_order_3p'] %}
        {{ measure }}
        {%- else %}
        0
        {%- endif %} as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from reported

)

select
    villages.division_code,
    united.month,
    {% for measure, _ in birth_classes() %}
    cast(sum(united.{{ measure }}) as bigint) as {{ measure }}
    {%- if not loop.last %},{% endif %}
    {% endfor %}
from united
inner join {{ ref('int_villages') }} as villages on united.unit_code = villages.division_code
group by villages.division_code, united.month
