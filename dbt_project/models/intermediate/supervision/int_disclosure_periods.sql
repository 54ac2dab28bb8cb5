-- Items of townships and counties by period. Objections are counted where every published item states them.
select
    path.ancestor_code as division_code,
    path.ancestor_level as division_level,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.calendar,
    cast(count(items.due_date) as bigint) as due,
    cast(count(case when items.due_date is not null then items.published_date end) as bigint) as published,
    cast(count(case when items.published_date <= items.due_date then 1 end) as bigint) as on_time,
    cast(count(case when items.due_date is null then 1 end) as bigint) as published_without_due_day,
    cast(case
        when count(case when items.objections_count is null then items.published_date end) = 0
            then sum(coalesce(items.objections_count, 0))
    end as bigint) as objections
from {{ ref('int_disclosures') }} as items
inner join {{ ref('int_division_paths') }} as path
    on
        items.division_code = path.division_code
        and items.item_date >= path.valid_from
        and items.item_date < path.valid_to
inner join {{ ref('int_period_months') }} as periods on items.month = periods.month
where path.ancestor_level <> 'village' and periods.period_type in ('quarter', 'half', 'year')
group by
    path.ancestor_code,
    path.ancestor_level,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.calendar
