-- Rounds of townships and counties by period. Findings are counted where every round held states them: a sum
-- over some of the parts is no sum. The median of closure days is the mean of the two in the middle.
with located as (

    select
        rounds.*,
        path.ancestor_code,
        path.ancestor_level,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.calendar
    from {{ ref('int_inspections') }} as rounds
    inner join {{ ref('int_division_paths') }} as path
        on
            rounds.division_code = path.division_code
            and rounds.round_date >= path.valid_from
            and rounds.round_date < path.valid_to
    inner join {{ ref('int_period_months') }} as periods on rounds.month = periods.month
    where path.ancestor_level <> 'village' and periods.period_type in ('quarter', 'half', 'year')

),

placed as (

    select
        located.*,
        row_number() over (
            partition by located.ancestor_code, located.period_type, located.period_start
            order by located.closure_days asc nulls last, located.row_id asc nulls last
        ) as place,
        count(located.closure_days) over (
            partition by located.ancestor_code, located.period_type, located.period_start
        ) as closures
    from located

)

select
    ancestor_code as division_code,
    ancestor_level as division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    cast(count(planned_date) as bigint) as planned,
    cast(count(case when planned_date is not null then held_date end) as bigint) as held,
    cast(sum(case when planned_date is null then 1 else 0 end) as bigint) as held_unplanned,
    cast(case
        when sum(case when held_date is not null and findings_count is null then 1 else 0 end) = 0
            then sum(case when held_date is not null then findings_count else 0 end)
    end as bigint) as findings,
    cast(case
        when sum(case when held_date is not null and findings_count is null then 1 else 0 end) = 0
            then sum(
                case when held_date is not null and mended_date is not null then findings_count else 0 end
            )
    end as bigint) as findings_closed,
    cast(sum(case when closure_days is not null then 1 else 0 end) as bigint) as rounds_closed,
    cast(sum(case
        when place = floor({{ ratio('closures + 1', '2') }}) then closure_days else 0
    end + case
        when place = floor({{ ratio('closures + 2', '2') }}) then closure_days else 0
    end) as bigint) as middle_days,
    {% for class in ['demonstration', 'qualified', 'rectification'] %}
    cast(sum(case when published_class = '{{ class }}' then 1 else 0 end) as bigint) as published_{{ class }}
    {%- if not loop.last %},{% endif %}
    {% endfor %}
from placed
group by ancestor_code, ancestor_level, period_type, period_start, period_end, calendar
