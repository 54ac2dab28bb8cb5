-- Every figure that a ledger states about rows which we can count ourselves: total rows, and the monthly
-- report and the village summary against the births, deaths and moves behind them. A figure without countable
-- rows is left out. Births found late may be counted or told apart: what fits is what was meant.
with total_rows as (

    select
        submissions.unit_code,
        submissions.form,
        submissions.period,
        stated.column_name,
        stated.row_id,
        submissions.submission_id,
        submissions.submission_id as counted_submission_id,
        stated.stated,
        counted.counted
    from {{ ref('stg_control_totals') }} as stated
    {{ in_force('stated') }}
    inner join {{ ref('int_column_totals') }} as counted
        on
            stated.submission_id = counted.submission_id
            and stated.batch_id = counted.batch_id
            and stated.column_name = counted.column_name
    where stated.stated is not null

),

events as (

    select
        stated.unit_code,
        stated.form,
        stated.period,
        stated.figure as column_name,
        stated.row_id,
        stated.submission_id,
        counted.submission_id as counted_submission_id,
        cast(stated.stated as decimal(18, 2)) as stated,
        cast(
            case
                when stated.stated in (counted.counted - counted.found_late, counted.counted - stated.beside)
                    then stated.stated
                else counted.counted
            end as decimal(18, 2)
        ) as counted
    from {{ ref('int_events_stated') }} as stated
    inner join {{ ref('int_events_counted') }} as counted
        on
            stated.unit_code = counted.unit_code
            and stated.period = counted.period
            and stated.figure = counted.figure

)

select * from total_rows
union all
select * from events
