-- The stock a village starts from: its first stated opening, else the persons of its first roster
-- who were registered there before the month began.
with reported as (

    select
        report.division_code,
        report.period,
        report.opening,
        row_number() over (
            partition by report.division_code
            order by report.period asc nulls last, report.row_id asc nulls last
        ) as report_rank
    from {{ ref('int_l16_current') }} as report
    inner join {{ ref('int_villages') }} as villages
        on report.unit_code = villages.division_code
    where report.opening is not null

),

first_reports as (

    select
        division_code,
        period as first_month,
        cast(opening as bigint) as opening,
        'L16' as source_form
    from reported
    where report_rank = 1

),

first_rosters as (

    select
        rosters.division_code,
        rosters.first_month,
        cast(sum(rosters.persons) as bigint) as opening,
        'L01' as source_form
    from {{ ref('int_first_rosters') }} as rosters
    left join first_reports on rosters.division_code = first_reports.division_code
    where first_reports.division_code is null
    group by rosters.division_code, rosters.first_month

)

select * from first_reports
union all
select * from first_rosters
