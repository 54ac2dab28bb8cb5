-- What each township gave of each service of its county, by month. A service that a received sheet does
-- not mention was given to nobody; without a sheet, or with another measure only, nothing is known.
with counts as (

    select * from {{ ref('int_service_counts') }}

),

stated as (

    select
        township_code,
        service,
        month,
        sum(served) as served
    from counts
    group by township_code, service, month

),

offers as (

    select distinct
        county_code,
        service,
        measure_unit
    from counts

),

sheets as (

    select distinct
        units.township_code,
        units.county_code,
        submissions.period as month
    from {{ ref('int_submissions_current') }} as submissions
    inner join {{ ref('int_fee_units') }} as units on submissions.unit_code = units.unit_code
    where submissions.form = 'L10'

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
    offers.measure_unit,
    months.month,
    case
        when stated.service is not null then stated.served
        when sheets.month is not null then 0
    end as served
from townships
inner join offers on townships.county_code = offers.county_code
cross join {{ ref('int_months_known') }} as months
left join stated
    on
        townships.township_code = stated.township_code
        and offers.service = stated.service
        and months.month = stated.month
left join sheets
    on
        townships.township_code = sheets.township_code
        and months.month = sheets.month
