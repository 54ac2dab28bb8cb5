-- Rows of services that state more than one measure, and whether these can be of the same people: a couple is
-- two persons, of whom nobody is served less than once. One of a couple may come alone, a third never comes.
with services as (

    select
        service,
        measure_unit
    from {{ ref('services') }}
    where source_form = 'L10'

),

events as (

    select * from {{ ref('int_l10_current') }}

),

judged as (

    select
        events.unit_code,
        events.period,
        events.row_id,
        events.submission_id,
        case
            when events.couples > events.persons or events.couples > events.contacts then 'couples'
            when services.measure_unit = 'couples' and events.persons > 2 * events.couples then 'persons'
            when events.contacts < events.persons then 'contacts'
        end as wrong_column,
        coalesce(services.measure_unit, 'persons') as column_name
    from events
    left join services on events.service_code = services.service
    where
        case when events.couples is null then 0 else 1 end
        + case when events.persons is null then 0 else 1 end
        + case when events.contacts is null then 0 else 1 end > 1

)

select
    unit_code,
    period,
    row_id,
    submission_id,
    coalesce(wrong_column, column_name) as column_name,
    case when wrong_column is null then 0 else 1 end as is_mixed
from judged
