-- Object: a village for which people of another village left in a month. Judged once its registers of moves
-- of that month and of those in which an arrival may lawfully be told late are all in force and whole.
with limits as (

    select max(case when limit_id = 'months_to_arrive' then limit_value end) as months_to_arrive
    from {{ ref('check_limits') }}
    where check_id = 'SC-13'

),

registers as (

    select
        submissions.unit_code,
        submissions.submission_id,
        months.month_no,
        months.month
    from {{ ref('int_submissions_current') }} as submissions
    inner join {{ ref('calendar_months') }} as months on submissions.period = months.month
    left join {{ ref('int_moves_untold') }} as untold
        on
            submissions.submission_id = untold.submission_id
            and untold.direction = 'in'
    where
        submissions.form = 'L05'
        and submissions.quarantined = 0
        and untold.submission_id is null

),

judged as (

    select
        pairs.unit_code,
        pairs.from_unit_code,
        pairs.told_submission_id,
        pairs.departed,
        pairs.arrived,
        pairs.month_no
    from {{ ref('int_moves_paired') }} as pairs
    inner join registers on pairs.unit_code = registers.unit_code
    cross join limits
    where registers.month_no between pairs.month_no and pairs.month_no + limits.months_to_arrive
    group by
        pairs.unit_code,
        pairs.from_unit_code,
        pairs.told_submission_id,
        pairs.departed,
        pairs.arrived,
        pairs.month_no,
        limits.months_to_arrive
    having count(*) = limits.months_to_arrive + 1

),

final as (

    select
        judged.unit_code,
        'L05' as form,
        registers.month as period,
        cast(null as {{ dbt.type_string() }}) as row_id,
        registers.submission_id,
        judged.told_submission_id as against_submission_id,
        'direction' as column_name,
        1 as tested,
        case when judged.arrived < judged.departed then 1 else 0 end as failed,
        0 as yuan
    from judged
    inner join registers
        on
            judged.unit_code = registers.unit_code
            and judged.month_no = registers.month_no

)

{{ check_result('final') }}
