-- Township, service and month first, then sums: so the levels and the months add up. A service that a
-- received sheet does not mention was given to nobody; without a sheet, or with another measure only,
-- nothing is known.
with counts as (

    select * from {{ ref('int_service_counts') }}

),

stated as (

    select
        township_code,
        county_code,
        service,
        measure_unit,
        month,
        count(*) as rows_seen,
        sum(served) as served
    from counts
    group by township_code, county_code, service, measure_unit, month

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

),

cells as (

    select
        townships.township_code,
        townships.county_code,
        offers.service,
        offers.measure_unit,
        months.period_type,
        months.period_start,
        months.period_end,
        months.calendar,
        case
            when stated.rows_seen is not null then stated.served
            when sheets.month is not null then 0
        end as served
    from townships
    inner join offers on townships.county_code = offers.county_code
    cross join {{ ref('int_period_months') }} as months
    left join stated
        on
            townships.township_code = stated.township_code
            and offers.service = stated.service
            and months.month = stated.month
    left join sheets
        on
            townships.township_code = sheets.township_code
            and months.month = sheets.month

),

final as (

{% for level in ['township', 'county'] %}
    select
        {{ level }}_code as division_code,
        '{{ level }}' as division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        service,
        measure_unit,
        cast(sum(served) as bigint) as served
    from cells
    group by
        {{ level }}_code, period_type, period_start, period_end, calendar, service, measure_unit
    {% if not loop.last %}union all{% endif %}
{% endfor %}
)

select * from final
