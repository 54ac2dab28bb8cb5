-- Person-years by age. Where the stock of a division is not known, or the ages of too many of its people, the
-- row stays without a value, so that its indicators are shown as missing.
with limits as (

    select max(limit_value) as unknown_share
    from {{ ref('structure_limits') }}
    where limit_id = 'age_unknown_max_share'

),

exposures as (

    select
        exposures.division_code,
        exposures.measure,
        period_months.period_type,
        period_months.period_start,
        sum(exposures.person_days_x2) as person_days_x2
    from {{ ref('int_age_exposures') }} as exposures
    inner join {{ ref('int_period_months') }} as period_months on exposures.month = period_months.month
    group by
        exposures.division_code,
        exposures.measure,
        period_months.period_type,
        period_months.period_start

),

vital as (

    select
        vital.division_code,
        vital.division_level,
        vital.period_type,
        vital.period_start,
        vital.period_end,
        vital.calendar,
        vital.days_in_year,
        case
            when
                abs(coalesce(unknown.person_days_x2, 0)) <= limits.unknown_share * vital.person_days_x2
                then 1
            else 0
        end as is_known
    from {{ ref('int_vital_periods') }} as vital
    left join exposures as unknown
        on
            vital.division_code = unknown.division_code
            and vital.period_type = unknown.period_type
            and vital.period_start = unknown.period_start
            and unknown.measure = 'age_unknown'
    cross join limits
    where vital.division_level <> 'village'

)

select
    wanted.measure,
    vital.division_code,
    vital.division_level,
    vital.period_type,
    vital.period_start,
    vital.period_end,
    vital.calendar,
    'hukou' as pop_concept,
    case
        when vital.is_known = 1
            then
                round({{ ratio('coalesce(exposures.person_days_x2, 0)', '2 * vital.days_in_year') }}, 2)
    end as value
from vital
inner join {{ ref('age_measures') }} as wanted on wanted.kind = 'person_years'
left join exposures
    on
        vital.division_code = exposures.division_code
        and vital.period_type = exposures.period_type
        and vital.period_start = exposures.period_start
        and wanted.measure = exposures.measure
