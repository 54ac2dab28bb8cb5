-- Village-months whose report speaks of marriages: the figure of the monthly report where no register of them
-- came, and none beyond its rows where one did.
select
    submissions.unit_code,
    submissions.period,
    case when submissions.form = 'L04' then 0 else report.marriages end as marriages,
    case when submissions.form = 'L04' then 0 end as first_marriages
from {{ ref('int_submissions_current') }} as submissions
inner join {{ ref('int_villages') }} as villages on submissions.unit_code = villages.division_code
left join {{ ref('int_l16_current') }} as report
    on submissions.submission_id = report.submission_id
left join {{ ref('int_submissions_current') }} as register
    on
        submissions.unit_code = register.unit_code
        and submissions.period = register.period
        and register.form = 'L04'
where submissions.form = 'L04' or (submissions.form = 'L16' and register.submission_id is null)
