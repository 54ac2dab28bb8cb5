-- Who stood on a village's first roster before its month began, by sex and month of birth: registered there,
-- neither born nor come since, not gone before.
with rosters as (

    select
        submissions.division_code,
        min(submissions.period) as first_month
    from {{ ref('int_submissions_current') }} as submissions
    inner join {{ ref('int_villages') }} as villages
        on submissions.unit_code = villages.division_code
    where submissions.form = 'L01'
    group by submissions.division_code

)

select
    rosters.division_code,
    rosters.first_month,
    roster.sex,
    roster.birth_month,
    cast(sum(
        case
            when
                roster.hukou_status = 'present_only'
                or {{ month_of('roster.in_date') }} >= rosters.first_month
                or roster.birth_month >= rosters.first_month
                or {{ month_of('roster.out_date') }} < rosters.first_month then 0
            else 1
        end
    ) as bigint) as persons
from rosters
inner join {{ ref('int_l01_current') }} as roster
    on
        rosters.division_code = roster.unit_code
        and rosters.first_month = roster.period
group by rosters.division_code, rosters.first_month, roster.sex, roster.birth_month
