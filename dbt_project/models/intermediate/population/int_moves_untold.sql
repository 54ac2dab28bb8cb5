-- The direction of which a register of moves in force says nothing: every sheet of it is named after the
-- other one (迁入登记, 迁出登记), and no row moves that way.
with sheets as (

    select
        submissions.submission_id,
        coalesce(register.sheet_name, register.file_path) as name
    from {{ ref('int_submissions_current') }} as submissions
    inner join {{ ref('stg_submissions') }} as register
        on
            submissions.submission_id = register.submission_id
            and submissions.batch_id = register.batch_id
    where submissions.form = 'L05' and register.status in ('accepted', 'partial')

),

named as (

    select
        submission_id,
        max(case when name like '%迁入%' and name not like '%出%' then 0 else 1 end) as may_tell_out,
        max(case when name like '%迁出%' and name not like '%入%' then 0 else 1 end) as may_tell_in
    from sheets
    group by submission_id

),

untold as (

    select
        submission_id,
        case when may_tell_out = 0 then 'out' else 'in' end as direction
    from named
    where may_tell_out = 0 or may_tell_in = 0

)

select
    untold.submission_id,
    untold.direction
from untold
left join {{ ref('int_l05_current') }} as ledger
    on
        untold.submission_id = ledger.submission_id
        and untold.direction = ledger.direction
where ledger.row_id is null
