-- The opening that a monthly report states, beside the closing that the same unit reported a month before
-- and the one to which that report's own figures add up; where divisions changed, beside that closing with
-- the people who came or went. A difference is none if such a change may explain it.
with reports as (

    select
        report.unit_code,
        report.period,
        report.row_id,
        report.submission_id,
        report.opening,
        report.closing,
        report.opening + report.births - report.deaths + report.moved_in - report.moved_out as added_up,
        report.opening + balance.closing - balance.opening as followed,
        months.month_no
    from {{ ref('int_l16_current') }} as report
    inner join {{ ref('calendar_months') }} as months on report.period = months.month
    left join {{ ref('int_village_balance') }} as balance
        on
            report.unit_code = balance.division_code
            and report.period = balance.month
            and balance.basis = 'reported'

),

compared as (

    select
        reports.unit_code,
        reports.period,
        reports.row_id,
        reports.submission_id,
        earlier.submission_id as closing_submission_id,
        case when areas.unit_code is not null and areas.persons is null then 1 else 0 end as is_area_unknown,
        case
            when reports.opening in (earlier.closing, earlier.added_up, earlier.followed) then 0
            when abs(reports.opening - earlier.closing - areas.persons) < areas.changes then 0
            else 1
        end as is_off
    from reports
    inner join reports as earlier
        on
            reports.unit_code = earlier.unit_code
            and reports.month_no = earlier.month_no + 1
    left join {{ ref('int_area_changes') }} as areas
        on
            reports.unit_code = areas.unit_code
            and reports.period = areas.month
    where reports.opening is not null and earlier.closing is not null

)

select
    unit_code,
    period,
    row_id,
    submission_id,
    closing_submission_id,
    is_off
from compared
where is_off = 0 or is_area_unknown = 0
