-- Every event counted once: by village, kind, month of report and month of the event.
with united as (

    {% for model in ['int_events_recorded', 'int_events_reported'] %}
    select
        division_code,
        report_month,
        event_month,
        event,
        source_form,
        persons
    from {{ ref(model) }}
    union all
    {% endfor %}
    select
        division_code,
        report_month,
        event_month,
        'births' as event,
        source_form,
        births as persons
    from {{ ref('int_births') }}

)

select
    division_code,
    report_month,
    event_month,
    event,
    source_form,
    cast(sum(persons) as bigint) as persons
from united
group by division_code, report_month, event_month, event, source_form
