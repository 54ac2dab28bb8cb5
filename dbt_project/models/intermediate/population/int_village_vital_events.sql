-- Vital events of a village-month, also of one without a known stock: whose report was due, or whose
-- events were told, belongs to the population that events are divided by.
with told as (

    select
        division_code,
        month
    from {{ ref('int_population_flows') }}
    union
    select
        due.unit_code as division_code,
        due.month
    from {{ ref('int_reports_due') }} as due
    inner join {{ ref('int_villages') }} as villages on due.unit_code = villages.division_code
    inner join {{ ref('reporting_calendar') }} as calendar on due.form = calendar.form
    where calendar.domain = 'population'
    union
    select
        couples.division_code,
        couples.month
    from {{ ref('int_marriages') }} as couples
    inner join {{ ref('int_villages') }} as villages on couples.division_code = villages.division_code
    where couples.marriages is not null

),

stocks as (

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

village_months as (

    select * from stocks
    union all
    select
        told.division_code,
        months.month,
        months.month_start,
        months.month_end,
        cast(null as bigint) as opening,
        cast(null as bigint) as closing
    from told
    inner join {{ ref('int_months_known') }} as months on told.month = months.month
    left join stocks
        on
            told.division_code = stocks.division_code
            and told.month = stocks.month
    where stocks.division_code is null

)

select
    village_months.division_code,
    village_months.month,
    village_months.month_start,
    village_months.month_end,
    coalesce(births.births_occ, 0) as births_occ,
    coalesce(births.births_male, 0) as births_male,
    coalesce(births.births_female, 0) as births_female,
    coalesce(births.births_rep, 0) as births_rep,
    coalesce(births.births_prev_civil, 0) as births_prev_civil,
    coalesce(births.births_prev_fp_year, 0) as births_prev_fp_year,
    coalesce(flows.deaths, 0) as deaths,
    village_months.opening,
    village_months.closing,
    (village_months.opening + village_months.closing) * months.days as person_days_x2
from village_months
inner join {{ ref('calendar_months') }} as months on village_months.month = months.month
left join {{ ref('int_village_births') }} as births
    on
        village_months.division_code = births.division_code
        and village_months.month = births.month
left join {{ ref('int_population_flows') }} as flows
    on
        village_months.division_code = flows.division_code
        and village_months.month = flows.month
        and flows.basis = 'occurred'
