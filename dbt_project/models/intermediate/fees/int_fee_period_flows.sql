-- Cases are counted once per period however often money moved, so months do not add up to a quarter.
with entries as (

    select
        case_key,
        township_code,
        county_code,
        {{ month_of('event_date') }} as month,
        flow,
        amount_yuan
    from {{ ref('int_fee_entries') }}
    union all
    select
        case_key,
        township_code,
        county_code,
        {{ month_of('event_date') }} as month,
        flow,
        amount_yuan
    from {{ ref('int_fee_court_applications') }}

),

-- A case counts in a period if the flow did not touch it in an earlier month of that period.
monthly as (

    select
        entries.case_key,
        entries.township_code,
        entries.county_code,
        entries.flow,
        entries.month,
        sum(entries.amount_yuan) as amount_yuan,
        lag(entries.month) over (
            partition by entries.case_key, entries.flow
            order by entries.month asc nulls last
        ) as touched_before
    from entries
    group by entries.case_key, entries.township_code, entries.county_code, entries.flow, entries.month

),

summed as (

    select
        township_code,
        county_code,
        flow,
        month,
        touched_before,
        count(*) as cases,
        sum(amount_yuan) as amount_yuan
    from monthly
    group by township_code, county_code, flow, month, touched_before

),

{% for level in ['township', 'county'] %}
{{ level }}_flows as (

    select
        summed.{{ level }}_code as division_code,
        cast('{{ level }}' as {{ dbt.type_string() }}) as division_level,
        periods.period_type,
        periods.calendar,
        periods.period_start,
        periods.period_end,
        summed.flow,
        cast(sum(case
            when summed.touched_before >= {{ month_of('periods.period_start') }} then 0
            else summed.cases
        end) as bigint) as cases,
        cast(sum(summed.amount_yuan) as decimal(18, 2)) as amount_yuan
    from summed
    inner join {{ ref('int_period_months') }} as periods on summed.month = periods.month
    group by
        summed.{{ level }}_code,
        periods.period_type,
        periods.calendar,
        periods.period_start,
        periods.period_end,
        summed.flow

),

{% endfor %}
final as (

    select * from township_flows
    union all
    select * from county_flows

)

select * from final
