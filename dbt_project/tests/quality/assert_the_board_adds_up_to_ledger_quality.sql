-- The lines of a division's units on the board are its reports due, accepted and in time, and its rows.
with board as (

    select
        path.ancestor_code as division_code,
        board.period_start,
        board.form,
        case when board.is_due then 1 else 0 end as due,
        case when board.is_due and board.state in ('accepted', 'partial') then 1 else 0 end as received,
        case when board.is_on_time then 1 else 0 end as on_time,
        board.rows_seen,
        board.accepted,
        board.quarantined
    from {{ ref('mart_submission_board') }} as board
    inner join {{ ref('int_division_paths') }} as path
        on
            board.division_code = path.division_code
            and board.period_start >= path.valid_from
            and board.period_start < path.valid_to

),

united as (

    select * from board
    union all
    select
        division_code,
        period_start,
        form,
        -due as due,
        -received as received,
        -on_time as on_time,
        -rows_seen as rows_seen,
        -accepted as accepted,
        -quarantined as quarantined
    from {{ ref('mart_ledger_quality') }}

)

select
    division_code,
    period_start,
    form
from united
group by division_code, period_start, form
having
    sum(due) <> 0
    or sum(received) <> 0
    or sum(on_time) <> 0
    or sum(rows_seen) <> 0
    or sum(accepted) <> 0
    or sum(quarantined) <> 0
