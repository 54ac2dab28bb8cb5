-- Births by month of report and month of birth. A village-month with a births ledger is counted from
-- its rows; without one the monthly report speaks.
with united as (

    select * from {{ ref('int_births_recorded') }}
    union all
    select * from {{ ref('int_births_reported') }}

)

select
    division_code,
    report_month,
    event_month,
    source_form,
    cast(births as bigint) as births,
    cast(births_male as bigint) as births_male,
    cast(births_female as bigint) as births_female,
    cast(births_prev_civil as bigint) as births_prev_civil,
    cast(births_prev_fp_year as bigint) as births_prev_fp_year
from united
