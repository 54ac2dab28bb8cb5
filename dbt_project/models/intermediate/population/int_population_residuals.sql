-- Why the closing of a village's monthly report is not the closing of the balance, part by part: what the
-- report before left, an opening other than the last closing reported, each figure of events against the
-- events behind it, adjustments that a report has no figure for, and its own arithmetic. The parts add up to
-- the residual. Without a report before, a difference of the opening counts as left from earlier.
{% set events = [('births', '+'), ('deaths', '-'), ('moved_in', '+'), ('moved_out', '-')] %}

with compared as (

    select
        balance.division_code,
        balance.month,
        balance.month_start,
        balance.month_end,
        months.month_no,
        report.closing - balance.closing as residual,
        report.opening - balance.opening as opening_gap,
        {% for event, sign in events %}
        {% if sign == '+' %}
        coalesce(report.{{ event }}, 0) - balance.{{ event }} as {{ event }}_part,
        {% else %}
        balance.{{ event }} - coalesce(report.{{ event }}, 0) as {{ event }}_part,
        {% endif %}
        {% endfor %}
        -balance.adjustment as adjustment_part,
        report.closing - report.opening
        {%- for event, sign in events %}
        {{ '-' if sign == '+' else '+' }} coalesce(report.{{ event }}, 0)
        {%- endfor %} as arithmetic_part
    from {{ ref('int_village_balance') }} as balance
    inner join {{ ref('int_l16_current') }} as report
        on
            balance.division_code = report.unit_code
            and balance.month = report.period
    inner join {{ ref('calendar_months') }} as months on balance.month = months.month
    where
        balance.basis = 'reported'
        and report.opening is not null
        and report.closing is not null

),

in_turn as (

    select
        compared.*,
        lag(compared.residual) over (
            partition by compared.division_code order by compared.month_no asc nulls last
        ) as residual_before,
        lag(compared.month_no) over (
            partition by compared.division_code order by compared.month_no asc nulls last
        ) as month_no_before
    from compared

),

carried as (

    select
        in_turn.*,
        case
            when in_turn.month_no_before = in_turn.month_no - 1 then in_turn.residual_before
            else in_turn.opening_gap
        end as carried_part
    from in_turn

)

select
    division_code,
    month,
    month_start,
    month_end,
    residual,
    carried_part,
    opening_gap - carried_part as opening_part,
    {% for event, sign in events %}
    {{ event }}_part,
    {% endfor %}
    adjustment_part,
    arithmetic_part
from carried
