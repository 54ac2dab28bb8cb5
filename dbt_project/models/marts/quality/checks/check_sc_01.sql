-- Objects: the closing of a monthly report beside the balance, and its opening beside the closing reported
-- the month before. Where two cells disagree the other figures say which is wrong: an opening to which the
-- earlier report adds up is right, and the difference is the finding of the closing before it; a first report
-- that does not add up, while the next one is off by the same, began with a wrong opening.
with balances as (

    select
        division_code,
        {{ month_of('period_start') }} as period,
        residual,
        lag(period_start) over (partition by division_code order by period_start asc nulls last)
            as month_before,
        lead(residual) over (partition by division_code order by period_start asc nulls last)
            as next_residual
    from {{ ref('mart_population_balance') }}
    where
        division_level = 'village'
        and period_type = 'month'
        and basis = 'reported'

),

closings as (

    select
        reports.unit_code,
        reports.period,
        reports.row_id,
        reports.submission_id,
        cast(null as {{ dbt.type_string() }}) as against_submission_id,
        case
            when
                balances.residual <> 0
                and balances.month_before is null
                and balances.residual = balances.next_residual
                and reports.closing
                <> reports.opening + reports.births - reports.deaths + reports.moved_in - reports.moved_out
                then 'opening'
            else 'closing'
        end as column_name,
        case when balances.residual = 0 then 0 else 1 end as failed
    from {{ ref('int_l16_current') }} as reports
    inner join balances
        on
            reports.unit_code = balances.division_code
            and reports.period = balances.period
    where balances.residual is not null

),

openings as (

    select
        unit_code,
        period,
        row_id,
        submission_id,
        closing_submission_id as against_submission_id,
        'opening' as column_name,
        case when opening in (closing_before, added_up_before) then 0 else 1 end as failed
    from {{ ref('int_stated_openings') }}

),

figures as (

    select * from closings
    union all
    select * from openings

),

final as (

    select
        unit_code,
        'L16' as form,
        period,
        row_id,
        submission_id,
        against_submission_id,
        column_name,
        1 as tested,
        failed,
        0 as yuan
    from figures

)

{{ check_result('final') }}
