-- People away from home by village, definition and whether they crossed the county's border. is_floating is
-- NULL where age or distance is not known and would decide. An unknown day of arrival counts only where no
-- length of stay is asked for (ruling R-09).
with stays as (

    select
        stays.*,
        {{ dbt.datediff('moved_date', 'last_day', 'day') }}
            as days_stayed,
        {{ whole_months_between('moved_date', 'counted_to') }}
            as months_stayed
    from {{ ref('int_float_stays') }} as stays

),

judged as (

    select
        unit_code,
        month,
        direction,
        float_def,
        sex,
        has_certificate,
        is_verified,
        is_filed,
        is_other_county,
        case crosses when 'county' then is_other_county else is_other_township end
        and (between_districts or not is_district_of_same_city)
        and (min_age is null or age_months between min_age * 12 and max_age * 12 + 11)
        and coalesce(excluded_reasons not like '%;' || reason_code || ';%', true)
        and (min_days is null or coalesce(days_stayed >= min_days, false))
        and (min_months is null or coalesce(months_stayed >= min_months, false)) as is_floating
    from stays

)

select
    unit_code as division_code,
    month,
    direction,
    float_def,
    is_floating,
    is_other_county,
    cast(count(*) as bigint) as persons,
    cast(sum(case when is_filed then 1 else 0 end) as bigint) as filed,
    cast(sum(case when sex = 'female' then 1 else 0 end) as bigint) as women,
    cast(sum(case when sex = 'female' and has_certificate then 1 else 0 end) as bigint) as women_certified,
    cast(sum(case when sex = 'female' and is_verified then 1 else 0 end) as bigint) as women_verified,
    cast(count(has_certificate) as bigint) as certificates_told
from judged
where is_floating is null or is_floating
group by unit_code, month, direction, float_def, is_floating, is_other_county
