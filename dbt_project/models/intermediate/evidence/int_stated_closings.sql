-- The closing that a monthly report states, beside what the registers make of it. A difference is told
-- where it arises: a later closing is right if it leaves the difference as it was, or ends it, or follows
-- from its own opening, which is compared with the report of the month before. A first report that does not
-- add up, while the next one is off by the same, began with a wrong opening.
with balances as (

    select
        balance.division_code,
        balance.month as period,
        months.month_no,
        balance.reported_closing - balance.closing as residual,
        balance.closing - balance.opening as movements
    from {{ ref('int_population_balance') }} as balance
    inner join {{ ref('calendar_months') }} as months on balance.month = months.month
    where
        balance.division_level = 'village'
        and balance.basis = 'reported'
        and balance.reported_closing is not null

),

in_turn as (

    select
        *,
        lag(month_no) over (partition by division_code order by month_no asc nulls last) as month_no_before,
        lag(residual) over (partition by division_code order by month_no asc nulls last) as residual_before,
        lead(residual) over (partition by division_code order by month_no asc nulls last) as residual_after
    from balances

),

compared as (

    select
        reports.unit_code,
        reports.period,
        reports.row_id,
        reports.submission_id,
        case when areas.unit_code is not null and areas.persons is null then 1 else 0 end as is_area_unknown,
        case
            when
                in_turn.month_no_before is null
                and in_turn.residual = in_turn.residual_after
                and reports.closing
                <> reports.opening + reports.births - reports.deaths + reports.moved_in - reports.moved_out
                then 'opening'
            else 'closing'
        end as column_name,
        case
            when in_turn.residual = 0 or in_turn.residual = in_turn.residual_before then 0
            when
                in_turn.month_no = in_turn.month_no_before + 1
                and reports.closing = reports.opening + in_turn.movements
                then 0
            when
                abs(reports.closing - reports.opening - in_turn.movements - areas.persons) < areas.changes
                then 0
            else 1
        end as is_off
    from {{ ref('int_l16_current') }} as reports
    inner join in_turn
        on
            reports.unit_code = in_turn.division_code
            and reports.period = in_turn.period
    left join {{ ref('int_area_changes') }} as areas
        on
            reports.unit_code = areas.unit_code
            and reports.period = areas.month

)

select
    unit_code,
    period,
    row_id,
    submission_id,
    column_name,
    is_off
from compared
where is_off = 0 or is_area_unknown = 0
