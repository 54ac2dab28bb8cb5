-- Births of a village-month on both bases side by side.
with placed as (

    select
        division_code,
        event_month as month,
        births as births_occ,
        births_male,
        births_female,
        0 as births_rep,
        0 as births_prev_civil,
        0 as births_prev_fp_year
    from {{ ref('int_births') }}
    where event_month is not null
    union all
    select
        division_code,
        report_month as month,
        0 as births_occ,
        0 as births_male,
        0 as births_female,
        births as births_rep,
        births_prev_civil,
        births_prev_fp_year
    from {{ ref('int_births') }}

)

select
    division_code,
    month,
    sum(births_occ) as births_occ,
    sum(births_male) as births_male,
    sum(births_female) as births_female,
    sum(births_rep) as births_rep,
    sum(births_prev_civil) as births_prev_civil,
    sum(births_prev_fp_year) as births_prev_fp_year
from placed
group by division_code, month
