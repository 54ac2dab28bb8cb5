{% set flows = [
    'assessed', 'annulled', 'collected', 'surcharge', 'surcharge_refunded', 'waived', 'refunded',
    'written_off', 'terminated_2021',
] %}
{% set court_flows = ['court_applied', 'court_recovered'] %}

with stocks as (

    select * from {{ ref('int_fee_month_stocks') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

-- Wide before the join: one row per division and period.
flows as (

    select
        division_code,
        period_type,
        period_start,
        {% for flow in flows + court_flows %}
        sum(case when flow = '{{ flow }}' then cases else 0 end) as {{ flow }}_cases,
        sum(case when flow = '{{ flow }}' then amount_yuan else 0 end) as {{ flow }}_yuan
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_fee_period_flows') }}
    group by division_code, period_type, period_start

),

final as (

    select
        stocks.division_code,
        stocks.division_level,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.calendar,
        {% for flow in flows %}
        cast(coalesce(flows.{{ flow }}_cases, 0) as bigint) as {{ flow }}_cases,
        cast(coalesce(flows.{{ flow }}_yuan, 0) as decimal(14, 2)) as {{ flow }}_yuan,
        {% endfor %}
        cast(stocks.outstanding_cases as bigint) as outstanding_cases,
        cast(stocks.outstanding_yuan as decimal(14, 2)) as outstanding_yuan,
        cast(stocks.refund_due_cases as bigint) as refund_due_cases,
        cast(stocks.refund_due_yuan as decimal(14, 2)) as refund_due_yuan,
        {% for flow in court_flows %}
        cast(coalesce(flows.{{ flow }}_cases, 0) as bigint) as {{ flow }}_cases,
        cast(coalesce(flows.{{ flow }}_yuan, 0) as decimal(14, 2)) as {{ flow }}_yuan
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from periods
    inner join stocks
        on periods.period_end = stocks.month_end
    left join flows
        on
            stocks.division_code = flows.division_code
            and periods.period_type = flows.period_type
            and periods.period_start = flows.period_start

)

select * from final
