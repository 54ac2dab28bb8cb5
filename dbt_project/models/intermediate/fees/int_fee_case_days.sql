-- What moved the principal of a case on a day, and what had become of the case by its end: the principal
-- received counts at most what is assessed, and a case is paid if nothing is left after what was lawfully
-- forgone and something was paid. Stocks of any date are sums of the changes up to it.
{% set flows = ['assessed', 'annulled', 'waived', 'written_off', 'terminated_2021', 'received'] %}

with days as (

    select
        case_key,
        county_code,
        event_date,
        {% for flow in flows[:-1] %}
        sum(case when flow = '{{ flow }}' then amount_yuan else 0 end) as {{ flow }}_yuan,
        {% endfor %}
        sum(case
            when flow = 'collected' then amount_yuan
            when flow = 'refunded' then -amount_yuan
            else 0
        end) as received_yuan
    from {{ ref('int_fee_entries') }}
    where flow not in ('surcharge', 'surcharge_refunded', 'court_recovered')
    group by case_key, county_code, event_date

),

running as (

    select
        *,
        {% for flow in flows %}
        cast(sum({{ flow }}_yuan) over (
            partition by case_key
            order by event_date asc nulls last
            rows between unbounded preceding and current row
        ) as decimal(18, 2)) as {{ flow }}_to_date
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from days

),

-- What stood before a day follows from the day itself, without a look at the row before.
standing as (

    select
        *,
        received_to_date - received_yuan as received_before,
        assessed_to_date - assessed_yuan as assessed_before,
        assessed_to_date - annulled_to_date - waived_to_date as lawful_to_date,
        (assessed_to_date - annulled_to_date - waived_to_date) - (assessed_yuan - annulled_yuan - waived_yuan)
            as lawful_before
    from running

),

judged as (

    select
        *,
        least(greatest(received_to_date, 0), assessed_to_date)
        - least(greatest(received_before, 0), assessed_before) as collected_change,
        case
            when assessed_before > 0 and received_before > 0 and received_before >= lawful_before then 1
            else 0
        end as was_paid,
        case
            when assessed_to_date <= 0 then 'none'
            when received_to_date > 0 and received_to_date >= lawful_to_date then 'paid'
            when received_to_date >= lawful_to_date - written_off_to_date and written_off_to_date > 0
                then 'written_off'
            when received_to_date >= lawful_to_date and waived_to_date > 0 then 'waived'
            when received_to_date > 0 then 'paying'
            else 'none'
        end as money_state
    from standing

),

final as (

    select
        case_key,
        county_code,
        event_date,
        {% for flow in flows %}
        cast({{ flow }}_yuan as decimal(14, 2)) as {{ flow }}_yuan,
        {% endfor %}
        cast(collected_change as decimal(14, 2)) as collected_change_yuan,
        cast(case money_state when 'paid' then 1 else 0 end - was_paid as integer) as paid_change_cases,
        cast(money_state as {{ dbt.type_string() }}) as money_state
    from judged

)

select * from final
