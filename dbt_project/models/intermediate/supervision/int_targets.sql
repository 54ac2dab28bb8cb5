-- Targets of townships and counties in force: a later sheet for the same year and metric speaks for all that
-- earlier ones said of it. Words that are no known metric are no targets; what villages sign stays with them.
with divisions as (

    select distinct
        division_code,
        division_level
    from {{ ref('int_divisions_dated') }}
    where division_level <> 'village'

),

years as (

    select
        cast(year as integer) as target_year,
        min(month_start) as period_start,
        max(month_end) as period_end
    from {{ ref('calendar_months') }}
    group by year

),

stated as (

    select
        ledger.*,
        divisions.division_code,
        divisions.division_level,
        years.period_start,
        years.period_end,
        coalesce(ledger.direction_code, '') || ' ' || coalesce({{ text('ledger.target_value') }}, '')
        || ' ' || coalesce(ledger.measure_code, '') as statement
    from {{ ref('int_l17_current') }} as ledger
    inner join divisions on substr(ledger.unit_code, 1, 12) = divisions.division_code
    inner join years on ledger.target_year = years.target_year
    where ledger.metric_code is not null

),

ordered as (

    select
        stated.*,
        row_number() over (
            partition by stated.division_code, stated.period_start, stated.metric_code, stated.submission_id
            order by stated.statement asc nulls last, stated.row_id asc nulls last
        ) as target_no,
        first_value(stated.submission_id) over (
            partition by stated.division_code, stated.period_start, stated.metric_code
            order by
                stated.received_on desc nulls last,
                stated.period desc nulls last,
                stated.row_id desc nulls last
        ) as latest_submission_id
    from stated

),

changed as (

    select
        ordered.*,
        lag(ordered.statement) over (
            partition by ordered.division_code, ordered.period_start, ordered.metric_code, ordered.target_no
            order by
                ordered.received_on asc nulls last,
                ordered.period asc nulls last,
                ordered.row_id asc nulls last
        ) as statement_before
    from ordered

),

counted as (

    select
        changed.*,
        sum(case when changed.statement <> changed.statement_before then 1 else 0 end) over (
            partition by changed.division_code, changed.period_start, changed.metric_code, changed.target_no
        ) as revisions
    from changed

)

select
    division_code,
    division_level,
    period_start,
    period_end,
    metric_code,
    cast(target_no as integer) as target_no,
    has_definition,
    direction_code,
    target_value,
    measure_code,
    signed_date,
    cast(revisions as integer) as revisions
from counted
where submission_id = latest_submission_id
