-- People whose first and fifth contact of a series falls in a period. Before a log has run for as long as a
-- series may pause, no contact is known to be the first, so nothing is told.
with begins as (

    select
        township_code,
        county_code,
        service,
        cast(min(case when contacts is not null then month end) || '-01' as date) as begins_on
    from {{ ref('int_service_log_months') }}
    group by township_code, county_code, service

),

places as (

    select
        township_code as division_code,
        township_code,
        service,
        begins_on
    from begins
    union all
    select
        county_code as division_code,
        township_code,
        service,
        max(begins_on) over (partition by county_code, service) as begins_on
    from begins

),

reached as (

    select
        township_code,
        service,
        month,
        sum(case when contact_no = 1 then 1 else 0 end) as reached_1,
        sum(case when contact_no = 5 then 1 else 0 end) as reached_5
    from {{ ref('int_service_series') }}
    group by township_code, service, month

)

select
    periods.division_code,
    periods.division_level,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.calendar,
    periods.service,
    cast(coalesce(sum(reached.reached_1), 0) as bigint) as reached_1,
    cast(coalesce(sum(reached.reached_5), 0) as bigint) as reached_5
from {{ ref('int_service_log_periods') }} as periods
inner join {{ ref('services') }} as services on periods.service = services.service
inner join places
    on
        periods.division_code = places.division_code
        and periods.service = places.service
        and periods.period_start
        >= cast({{ dbt.dateadd('day', 'services.series_gap_days', 'places.begins_on') }} as date)
inner join {{ ref('int_period_months') }} as months
    on
        periods.period_type = months.period_type
        and periods.period_start = months.period_start
left join reached
    on
        places.township_code = reached.township_code
        and places.service = reached.service
        and months.month = reached.month
where services.series_gap_days is not null and periods.contacts is not null
group by
    periods.division_code,
    periods.division_level,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.calendar,
    periods.service
