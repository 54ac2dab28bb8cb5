-- Who stands in a village's register as away from home on the last day of a quarter, beside each definition
-- in force on that day. Nobody's day of departure may lie before it.
with quarter_ends as (

    select
        month,
        cast({{ dbt.dateadd('day', -1, 'period_end') }} as date) as last_day,
        cast({{ dbt.dateadd('day', -2, 'period_end') }} as date) as day_before
    from {{ ref('int_period_months') }}
    where period_type = 'quarter' and month_end = period_end

)

select
    stays.unit_code,
    stays.period as month,
    stays.direction,
    stays.sex,
    stays.reason_code,
    stays.moved_date,
    stays.has_certificate,
    stays.verified_date <= quarter_ends.last_day as is_verified,
    stays.filed_date <= quarter_ends.last_day as is_filed,
    quarter_ends.last_day,
    case when definitions.is_longer then quarter_ends.day_before else quarter_ends.last_day end as counted_to,
    (cast(substr(stays.period, 1, 4) as integer) - cast(substr(stays.birth_month, 1, 4) as integer)) * 12
    + cast(substr(stays.period, 6, 2) as integer) - cast(substr(stays.birth_month, 6, 2) as integer)
        as age_months,
    far.is_other_township,
    far.is_other_county,
    far.is_district_of_same_city,
    definitions.float_def,
    definitions.crosses,
    definitions.between_districts,
    definitions.min_days,
    definitions.min_months,
    definitions.min_age,
    definitions.max_age,
    ';' || definitions.excluded_reasons || ';' as excluded_reasons
from {{ ref('int_l06_current') }} as stays
inner join quarter_ends on stays.period = quarter_ends.month
inner join {{ ref('float_definitions') }} as definitions
    on
        quarter_ends.last_day >= definitions.valid_from
        and quarter_ends.last_day < definitions.valid_to
left join {{ ref('int_far_places') }} as far
    on
        stays.unit_code = far.unit_code
        and stays.other_area = far.place
        and stays.period = far.month
where
    coalesce(stays.moved_date <= quarter_ends.last_day, true)
    and coalesce(stays.left_date > quarter_ends.last_day, true)
