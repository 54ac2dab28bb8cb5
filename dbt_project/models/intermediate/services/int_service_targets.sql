-- A yearly target is stated again on every sheet: the latest one of the year is in force.
with stated as (

    select
        unit_code,
        township_code,
        county_code,
        service,
        substr(period, 1, 4) as year,
        annual_target,
        row_number() over (
            partition by unit_code, service, substr(period, 1, 4)
            order by
                period desc nulls last,
                received_on desc nulls last,
                row_id desc nulls last
        ) as recency
    from {{ ref('int_service_counts') }}
    where annual_target is not null

),

latest as (

    select * from stated
    where recency = 1

),

final as (

    select
        township_code as division_code,
        service,
        year,
        cast(sum(annual_target) as bigint) as target
    from latest
    group by township_code, service, year
    union all
    select
        county_code as division_code,
        service,
        year,
        cast(sum(annual_target) as bigint) as target
    from latest
    group by county_code, service, year

)

select * from final
