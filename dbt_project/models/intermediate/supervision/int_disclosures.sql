-- Items in force, each in the month in which it falls due, or was published where no due day is written.
-- A later sheet that names an item again speaks for it; rows of one sheet never speak for one another.
with stated as (

    select
        ledger.*,
        substr(ledger.unit_code, 1, 12) as division_code,
        coalesce(ledger.due_date, ledger.published_date) as item_date
    from {{ ref('int_l20_current') }} as ledger

),

ranked as (

    select
        stated.*,
        first_value(stated.submission_id) over (
            partition by stated.unit_code, stated.item_code, stated.item_date
            order by
                stated.received_on desc nulls last,
                stated.period desc nulls last,
                stated.row_id desc nulls last
        ) as latest_submission_id
    from stated
    where stated.item_date is not null

)

select
    row_id,
    submission_id,
    unit_code,
    division_code,
    item_code,
    item_date,
    {{ month_of('item_date') }} as month,
    due_date,
    published_date,
    objections_count
from ranked
where submission_id = latest_submission_id
