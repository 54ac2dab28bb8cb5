-- Cases are counted once per period however often money moved, so months do not add up to a quarter.
with entries as (

    select
        case_key,
        township_code,
        county_code,
        event_date,
        flow,
        amount_yuan
    from {{ ref('int_fee_entries') }}
    union all
    select
        case_key,
        township_code,
        county_code,
        event_date,
        flow,
        amount_yuan
    from {{ ref('int_fee_court_applications') }}

),

placed as (

    select
        entries.case_key,
        entries.township_code,
        entries.county_code,
        entries.flow,
        entries.amount_yuan,
        periods.period_type,
        periods.calendar,
        periods.period_start,
        periods.period_end
    from entries
    inner join {{ ref('int_period_months') }} as periods
        on periods.month = {{ month_of('entries.event_date') }}

),

{% for level in ['township', 'county'] %}
{{ level }}_flows as (

    select
        {{ level }}_code as division_code,
        cast('{{ level }}' as {{ dbt.type_string() }}) as division_level,
        period_type,
        calendar,
        period_start,
        period_end,
        flow,
        cast(count(distinct case_key) as bigint) as cases,
        cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan
    from placed
    group by {{ level }}_code, period_type, calendar, period_start, period_end, flow

),

{% endfor %}
final as (

    select * from township_flows
    union all
    select * from county_flows

)

select * from final
