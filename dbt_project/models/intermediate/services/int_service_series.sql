-- The place of each contact in its series: a person's contacts in one service of the county by day, begun
-- anew after a longer gap. Floating people are left out where the service is measured among registered ones.
with days as (

    select
        contacts.county_code,
        contacts.service,
        contacts.person_key,
        contacts.given_on,
        services.series_gap_days,
        min(contacts.township_code) as township_code,
        min(contacts.month) as month
    from {{ ref('int_service_contacts') }} as contacts
    inner join {{ ref('services') }} as services on contacts.service = services.service
    where
        services.series_gap_days is not null
        and contacts.person_key is not null
        and contacts.given_on is not null
        and (services.pop_concept = 'none' or contacts.is_floating = 0)
    group by
        contacts.county_code,
        contacts.service,
        contacts.person_key,
        contacts.given_on,
        services.series_gap_days

),

limited as (

    select
        days.*,
        cast({{ dbt.dateadd('day', 'days.series_gap_days', 'days.given_on') }} as date) as may_pause_until
    from days

),

followed as (

    select
        limited.*,
        lag(limited.may_pause_until) over (
            partition by limited.county_code, limited.service, limited.person_key
            order by limited.given_on asc nulls last
        ) as pauses_until
    from limited

),

begun as (

    select
        followed.*,
        sum(
            case when followed.given_on <= followed.pauses_until then 0 else 1 end
        ) over (
            partition by followed.county_code, followed.service, followed.person_key
            order by followed.given_on asc nulls last
            rows between unbounded preceding and current row
        ) as series_no
    from followed

)

select
    county_code,
    township_code,
    service,
    month,
    row_number() over (
        partition by county_code, service, person_key, series_no order by given_on asc nulls last
    ) as contact_no
from begun
