-- One measure per service, as its registry row says: couples, persons and contacts are never
-- converted into each other, so a row that states another measure counts as nothing stated.
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

final as (

    select
        events.row_id,
        events.submission_id,
        events.unit_code,
        units.township_code,
        units.county_code,
        events.period,
        events.received_on,
        coalesce({{ month_of('events.service_date') }}, events.period) as month,
        services.service,
        services.measure_unit,
        cast(case services.measure_unit
            when 'couples' then events.couples
            when 'persons' then events.persons
            when 'contacts' then events.contacts
        end as bigint) as served,
        cast(events.annual_target as bigint) as annual_target
    from events
    inner join services on events.service_code = services.service
    inner join {{ ref('int_fee_units') }} as units on events.unit_code = units.unit_code

)

select * from final
