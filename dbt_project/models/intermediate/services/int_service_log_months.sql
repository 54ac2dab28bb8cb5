-- What the logs of each township tell of each service of its county, by month: figures that add up. A service
-- that a received log does not mention was given to nobody; of a month without its log others tell a part.
with contacts as (

    select
        township_code,
        service,
        month,
        cast(count(*) as bigint) as contacts,
        cast(count(*) - count(person_key) as bigint) as unidentified
    from {{ ref('int_service_contacts') }}
    group by township_code, service, month

),

offers as (

    select distinct
        county_code,
        service
    from {{ ref('int_service_log') }}

),

sheets as (

    select distinct
        units.township_code,
        units.county_code,
        submissions.period as month
    from {{ ref('int_submissions_current') }} as submissions
    inner join {{ ref('int_fee_units') }} as units on submissions.unit_code = units.unit_code
    where submissions.form = 'L08'

),

townships as (

    select distinct
        township_code,
        county_code
    from sheets

)

select
    townships.township_code,
    townships.county_code,
    offers.service,
    months.month,
    case when sheets.month is not null then coalesce(contacts.contacts, 0) end as contacts,
    case when sheets.month is not null then coalesce(contacts.unidentified, 0) end as unidentified,
    case when sheets.month is not null then coalesce(due.due, 0) end as due,
    case when sheets.month is not null then coalesce(due.done, 0) end as done,
    case when sheets.month is not null then coalesce(due.done_in_window, 0) end as done_in_window
from townships
inner join offers on townships.county_code = offers.county_code
cross join {{ ref('int_months_known') }} as months
left join sheets
    on
        townships.township_code = sheets.township_code
        and months.month = sheets.month
left join contacts
    on
        townships.township_code = contacts.township_code
        and offers.service = contacts.service
        and months.month = contacts.month
left join {{ ref('int_services_due') }} as due
    on
        townships.township_code = due.township_code
        and offers.service = due.service
        and months.month = due.month
