-- Every event counted once: by village, kind, month of report and month of the event.
with births as (

    select
        division_code,
        report_month,
        event_month,
        'births' as event,
        source_form,
        births as persons
    from {{ ref('int_births') }}

),

united as (

    select * from {{ ref('int_events_recorded') }}
    union all
    select * from {{ ref('int_events_reported') }}
    union all
    select * from births

)

select
    division_code,
    report_month,
    event_month,
    event,
    source_form,
    cast(persons as bigint) as persons
from united
