-- The population of a village summary (L07) in a month without a roster, beside what the monthly report
-- closes with. A report that is off by itself has its own finding: a summary that states what the
-- movements, counted or reported, make of the opening, or of the first one of all, is right.
with reports as (

    select
        report.unit_code,
        report.period,
        report.submission_id,
        report.closing,
        balance.closing as added_up,
        report.opening + balance.closing - balance.opening as followed,
        report.opening + report.births - report.deaths + report.moved_in - report.moved_out as own_sum
    from {{ ref('int_l16_current') }} as report
    left join {{ ref('int_village_balance') }} as balance
        on
            report.unit_code = balance.division_code
            and report.period = balance.month
            and balance.basis = 'reported'
    where report.closing is not null

)

select
    summary.unit_code,
    'L07' as form,
    summary.period,
    'population' as column_name,
    summary.row_id,
    summary.submission_id,
    reports.submission_id as counted_submission_id,
    cast(summary.population as decimal(18, 2)) as stated,
    cast(
        case
            when summary.population in (reports.added_up, reports.followed, reports.own_sum)
                then summary.population
            else reports.closing
        end as decimal(18, 2)
    ) as counted
from {{ ref('int_l07_current') }} as summary
inner join reports
    on
        summary.unit_code = reports.unit_code
        and summary.period = reports.period
left join {{ ref('int_stated_rosters') }} as rosters on summary.row_id = rosters.row_id
where summary.population is not null and rosters.row_id is null
