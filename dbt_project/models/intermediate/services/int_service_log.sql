-- Rows of the log under the services that it counts. What the log tells of a service whose one source is
-- another form is not counted twice, so it is not counted here.
with services as (

    select
        service,
        days_of_grace
    from {{ ref('services') }}
    where source_form = 'L08'

),

events as (

    select * from {{ ref('int_l08_current') }}

)

select
    events.row_id,
    units.township_code,
    units.county_code,
    services.service,
    events.person_key,
    case when events.is_given then events.service_date end as given_on,
    case
        when events.is_given then coalesce({{ month_of('events.service_date') }}, events.period)
    end as given_month,
    events.due_date,
    {{ month_of('events.due_date') }} as due_month,
    case when events.is_given then 1 else 0 end as is_given,
    case
        when
            events.is_given
            and events.service_date
            <= cast({{ dbt.dateadd('day', 'services.days_of_grace', 'events.due_date') }} as date)
            then 1
        else 0
    end as is_in_window,
    case when events.is_floating then 1 else 0 end as is_floating
from events
inner join services on events.service_code = services.service
inner join {{ ref('int_fee_units') }} as units on events.unit_code = units.unit_code
