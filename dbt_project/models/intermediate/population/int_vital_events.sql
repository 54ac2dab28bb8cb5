-- Vital events of every division by month. Marriages stay with the village: a couple of two villages of
-- one township would count twice there until both parties' divisions are read.
with spine as (

    select
        division_code,
        month,
        month_start,
        month_end,
        opening,
        closing
    from {{ ref('int_village_balance') }}
    where basis = 'occurred'

),

extra as (

    select distinct
        flows.division_code,
        months.month,
        months.month_start,
        months.month_end,
        cast(null as bigint) as opening,
        cast(null as bigint) as closing
    from {{ ref('int_population_flows') }} as flows
    inner join {{ ref('int_months_known') }} as months on flows.month = months.month
    left join spine
        on
            flows.division_code = spine.division_code
            and flows.month = spine.month
    where spine.division_code is null

),

village_months as (

    select * from spine
    union all
    select * from extra

),

occurred as (

    select
        division_code,
        event_month as month,
        sum(births) as births_occ,
        sum(births_male) as births_male,
        sum(births_female) as births_female
    from {{ ref('int_births') }}
    where event_month is not null
    group by division_code, event_month

),

reported as (

    select
        division_code,
        report_month as month,
        sum(births) as births_rep,
        sum(births_prev_civil) as births_prev_civil,
        sum(births_prev_fp_year) as births_prev_fp_year
    from {{ ref('int_births') }}
    group by division_code, report_month

),

villages as (

    select
        village_months.division_code,
        village_months.month,
        village_months.month_start,
        village_months.month_end,
        coalesce(occurred.births_occ, 0) as births_occ,
        coalesce(occurred.births_male, 0) as births_male,
        coalesce(occurred.births_female, 0) as births_female,
        coalesce(reported.births_rep, 0) as births_rep,
        coalesce(reported.births_prev_civil, 0) as births_prev_civil,
        coalesce(reported.births_prev_fp_year, 0) as births_prev_fp_year,
        coalesce(flows.deaths, 0) as deaths,
        report.marriages,
        village_months.opening,
        village_months.closing,
        (village_months.opening + village_months.closing) * months.days as person_days_x2
    from village_months
    inner join {{ ref('calendar_months') }} as months on village_months.month = months.month
    left join occurred
        on
            village_months.division_code = occurred.division_code
            and village_months.month = occurred.month
    left join reported
        on
            village_months.division_code = reported.division_code
            and village_months.month = reported.month
    left join {{ ref('int_population_flows') }} as flows
        on
            village_months.division_code = flows.division_code
            and village_months.month = flows.month
            and flows.basis = 'occurred'
    left join {{ ref('int_l16_current') }} as report
        on
            village_months.division_code = report.unit_code
            and village_months.month = report.period

),

final as (

    select
        path.ancestor_code as division_code,
        path.ancestor_level as division_level,
        villages.month,
        villages.month_start,
        villages.month_end,
        cast(sum(villages.births_occ) as bigint) as births_occ,
        cast(sum(villages.births_male) as bigint) as births_male,
        cast(sum(villages.births_female) as bigint) as births_female,
        cast(sum(villages.births_rep) as bigint) as births_rep,
        cast(sum(villages.births_prev_civil) as bigint) as births_prev_civil,
        cast(sum(villages.births_prev_fp_year) as bigint) as births_prev_fp_year,
        cast(sum(villages.deaths) as bigint) as deaths,
        cast(
            sum(case when path.ancestor_level = 'village' then villages.marriages end) as bigint
        ) as marriages,
        cast(sum(villages.opening) as bigint) as opening,
        cast(sum(villages.closing) as bigint) as closing,
        cast(sum(villages.person_days_x2) as bigint) as person_days_x2
    from villages
    inner join {{ ref('int_division_paths') }} as path
        on
            villages.division_code = path.division_code
            and villages.month_start >= path.valid_from
            and villages.month_start < path.valid_to
    group by
        path.ancestor_code,
        path.ancestor_level,
        villages.month,
        villages.month_start,
        villages.month_end

)

select * from final
