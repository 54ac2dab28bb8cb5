-- Months add up to periods; births of earlier years are counted against the period's own calendar
-- (ruling R-01). The stock of a period is that of its first and last month; one month without a known
-- stock leaves the person-days of the whole period unknown.
with vital as (

    select * from {{ ref('int_vital_events') }}

),

period_months as (

    select * from {{ ref('int_period_months') }}

),

final as (

    select
        vital.division_code,
        vital.division_level,
        period_months.period_type,
        period_months.period_start,
        period_months.period_end,
        period_months.calendar,
        period_months.days_in_year,
        cast(sum(vital.births_occ) as bigint) as births_occ,
        cast(sum(vital.births_male) as bigint) as births_male,
        cast(sum(vital.births_female) as bigint) as births_female,
        cast(sum(vital.births_rep) as bigint) as births_rep,
        cast(sum(
            case period_months.calendar
                when 'civil' then vital.births_prev_civil
                else vital.births_prev_fp_year
            end
        ) as bigint) as births_prev_unreported,
        cast(sum(vital.deaths) as bigint) as deaths,
        cast(sum(vital.marriages) as bigint) as marriages,
        cast(
            case when count(vital.person_days_x2) = count(*) then sum(vital.person_days_x2) end as bigint
        ) as person_days_x2,
        cast(sum(
            case when vital.month_start = period_months.period_start then vital.opening end
        ) as bigint) as opening,
        cast(sum(
            case when vital.month_end = period_months.period_end then vital.closing end
        ) as bigint) as closing
    from vital
    inner join period_months on vital.month = period_months.month
    group by
        vital.division_code,
        vital.division_level,
        period_months.period_type,
        period_months.period_start,
        period_months.period_end,
        period_months.calendar,
        period_months.days_in_year

)

select * from final
