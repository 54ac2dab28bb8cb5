-- The opening that a monthly report states, beside the closing that the same unit reported a month before and
-- the one to which that report's own figures add up.
with reports as (

    select
        report.unit_code,
        report.period,
        report.row_id,
        report.submission_id,
        report.opening,
        report.closing,
        report.opening + report.births - report.deaths + report.moved_in - report.moved_out as added_up,
        months.month_no
    from {{ ref('int_l16_current') }} as report
    inner join {{ ref('calendar_months') }} as months on report.period = months.month

)

select
    reports.unit_code,
    reports.period,
    reports.row_id,
    reports.submission_id,
    earlier.submission_id as closing_submission_id,
    reports.opening,
    earlier.closing as closing_before,
    earlier.added_up as added_up_before
from reports
inner join reports as earlier
    on
        reports.unit_code = earlier.unit_code
        and reports.month_no = earlier.month_no + 1
where reports.opening is not null and earlier.closing is not null
