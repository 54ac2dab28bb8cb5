-- Births of the monthly report where no births ledger came; its earlier births have no known month.
with reports as (

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

)

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
    {{ text('null') }} as event_month,
    'L16' as source_form,
    births_prev_unreported as births,
    0 as births_male,
    0 as births_female,
    births_prev_unreported as births_prev_civil,
    births_prev_unreported as births_prev_fp_year
from reports
where births_prev_unreported > 0
