-- Births by month of report and month of birth. A village-month with a births ledger is counted from
-- its rows; without one the monthly report speaks, whose earlier births have no known month.
with births_ledger as (

    select * from {{ ref('int_l02_current') }}
    where coalesce(birth_event_type, 'birth') <> 'adoption'

),

months as (

    select * from {{ ref('calendar_months') }}

),

from_ledger as (

    select
        births_ledger.division_code,
        births_ledger.period as report_month,
        {{ month_of('births_ledger.birth_date') }} as event_month,
        'L02' as source_form,
        count(*) as births,
        sum(case when births_ledger.sex = 'male' then 1 else 0 end) as births_male,
        sum(case when births_ledger.sex = 'female' then 1 else 0 end) as births_female,
        sum(case when births_ledger.birth_date < months.year_start then 1 else 0 end)
            as births_prev_civil,
        sum(case when births_ledger.birth_date < months.fp_year_start then 1 else 0 end)
            as births_prev_fp_year
    from births_ledger
    inner join {{ ref('int_villages') }} as villages
        on births_ledger.unit_code = villages.division_code
    inner join months on births_ledger.period = months.month
    group by
        births_ledger.division_code,
        births_ledger.period,
        {{ month_of('births_ledger.birth_date') }}

),

reports as (

    select
        report.division_code,
        report.period,
        coalesce(report.births, 0) as births,
        coalesce(report.births_male, 0) as births_male,
        coalesce(report.births_female, 0) as births_female,
        least(coalesce(report.births_prev_unreported, 0), coalesce(report.births, 0))
            as births_prev_unreported
    from {{ ref('int_l16_current') }} as report
    inner join {{ ref('int_villages') }} as villages
        on report.unit_code = villages.division_code
    left join {{ ref('int_submissions_current') }} as births_submission
        on
            report.unit_code = births_submission.unit_code
            and report.period = births_submission.period
            and births_submission.form = 'L02'
    where births_submission.submission_id is null

),

from_report as (

    select
        division_code,
        period as report_month,
        period as event_month,
        'L16' as source_form,
        births - births_prev_unreported as births,
        births_male,
        births_female,
        0 as births_prev_civil,
        0 as births_prev_fp_year
    from reports
    union all
    select
        division_code,
        period as report_month,
        cast(null as {{ dbt.type_string() }}) as event_month,
        'L16' as source_form,
        births_prev_unreported as births,
        0 as births_male,
        0 as births_female,
        births_prev_unreported as births_prev_civil,
        births_prev_unreported as births_prev_fp_year
    from reports
    where births_prev_unreported > 0

),

united as (

    select * from from_ledger
    union all
    select * from from_report

),

final as (

    select
        division_code,
        report_month,
        event_month,
        source_form,
        cast(sum(births) as bigint) as births,
        cast(sum(births_male) as bigint) as births_male,
        cast(sum(births_female) as bigint) as births_female,
        cast(sum(births_prev_civil) as bigint) as births_prev_civil,
        cast(sum(births_prev_fp_year) as bigint) as births_prev_fp_year
    from united
    group by division_code, report_month, event_month, source_form

)

select * from final
