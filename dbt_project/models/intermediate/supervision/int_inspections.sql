-- Rounds in force, each in the month for which it was planned, or was held where no plan is written.
-- A later sheet that names a round again speaks for it; rows of one sheet never speak for one another.
with stated as (

    select
        ledger.*,
        substr(ledger.unit_code, 1, 12) as division_code,
        coalesce(ledger.planned_date, ledger.held_date) as round_date,
        coalesce(ledger.subject_code, '') as subject
    from {{ ref('int_l18_current') }} as ledger

),

ranked as (

    select
        stated.*,
        first_value(stated.submission_id) over (
            partition by stated.unit_code, stated.round_date, stated.subject
            order by
                stated.received_on desc nulls last,
                stated.period desc nulls last,
                stated.row_id desc nulls last
        ) as latest_submission_id
    from stated
    where stated.round_date is not null

)

select
    row_id,
    submission_id,
    unit_code,
    division_code,
    round_date,
    {{ month_of('round_date') }} as month,
    planned_date,
    held_date,
    findings_count,
    published_class,
    mended_date,
    case
        when held_date is not null and mended_date >= held_date and coalesce(findings_count, 1) > 0
            then {{ dbt.datediff('held_date', 'mended_date', 'day') }}
    end as closure_days
from ranked
where submission_id = latest_submission_id
