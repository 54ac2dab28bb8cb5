-- reported: by month of report, which closes the ledger. occurred: by month of the event.
with events as (

    select * from {{ ref('int_population_events') }}

),

dated as (

    select
        division_code,
        'reported' as basis,
        report_month as month,
        event,
        persons
    from events
    union all
    select
        division_code,
        'occurred' as basis,
        event_month as month,
        event,
        persons
    from events
    where event_month is not null

),

final as (

    select
        division_code,
        basis,
        month,
        {% for event in ['births', 'deaths', 'moved_in', 'moved_out', 'adjustment'] %}
        cast(sum(case when event = '{{ event }}' then persons else 0 end) as bigint) as {{ event }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from dated
    group by division_code, basis, month

)

select * from final
