with summed as (

    select
        county_code,
        period_type,
        period_start,
        age_bucket,
        count(*) as outstanding_cases,
        sum(outstanding_yuan) as outstanding_yuan
    from {{ ref('int_fee_arrears') }}
    group by county_code, period_type, period_start, age_bucket

),

counties as (

    select distinct county_code from {{ ref('int_fee_units') }}

)

select
    {{ text('counties.county_code') }} as division_code,
    cast('county' as {{ dbt.type_string() }}) as division_level,
    {{ text('periods.period_type') }} as period_type,
    cast(periods.period_start as date) as period_start,
    cast(periods.period_end as date) as period_end,
    {{ text('buckets.age_bucket') }} as age_bucket,
    cast(coalesce(summed.outstanding_cases, 0) as bigint) as outstanding_cases,
    cast(coalesce(summed.outstanding_yuan, 0) as decimal(14, 2)) as outstanding_yuan
from counties
cross join {{ ref('int_periods') }} as periods
cross join {{ ref('fee_age_buckets') }} as buckets
left join summed
    on
        counties.county_code = summed.county_code
        and periods.period_type = summed.period_type
        and periods.period_start = summed.period_start
        and buckets.age_bucket = summed.age_bucket
where periods.period_type in ('year', 'fp_year')
