-- Households and married women of a division at the end of a period, known if every village with people tells
-- them for its last month. At the end of a year they stay as a row without a value otherwise, at the end of
-- other periods nobody asks for them.
{% set measures = ['households', 'household_persons', 'married_women_15_49', 'roster_population'] %}
with month_ends as (

    select
        period_type,
        period_start,
        period_end,
        calendar,
        month,
        month_start
    from {{ ref('int_period_months') }}
    where month_end = period_end

),

summed as (

    select
        path.ancestor_code as division_code,
        path.ancestor_level as division_level,
        month_ends.period_type,
        month_ends.period_start,
        month_ends.period_end,
        month_ends.calendar,
        {% for measure, column in [
            ('households', 'households'),
            ('household_persons', 'household_persons'),
            ('married_women_15_49', 'women_married'),
            ('roster_population', 'roster_population'),
        ] %}
        case when count(homes.{{ column }}) = count(*) then sum(homes.{{ column }}) end as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_village_vital_events') }} as villages
    inner join month_ends on villages.month = month_ends.month
    inner join {{ ref('int_division_paths') }} as path
        on
            villages.division_code = path.division_code
            and month_ends.month_start >= path.valid_from
            and month_ends.month_start < path.valid_to
    left join {{ ref('int_village_households') }} as homes
        on
            villages.division_code = homes.division_code
            and villages.month = homes.month
    group by
        path.ancestor_code,
        path.ancestor_level,
        month_ends.period_type,
        month_ends.period_start,
        month_ends.period_end,
        month_ends.calendar

),

united as (

    {% for measure in measures %}
    select
        '{{ measure }}' as measure,
        division_code,
        division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        'hukou' as pop_concept,
        cast({{ measure }} as decimal(18, 2)) as value
    from summed
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from united
where value is not null or period_type in ('year', 'fp_year')
