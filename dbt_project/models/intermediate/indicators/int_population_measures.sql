-- A stock that is not known stays as a row without a value, so that its indicator is shown as missing.
{% set judged = ['births_judged', 'births_planned', 'births_second_judged', 'births_second_planned'] %}
with judged as (

    select
        path.ancestor_code as division_code,
        period_months.period_type,
        period_months.period_start,
        {% for measure in judged %}
        sum(planned.{{ measure }}) as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_planned_births') }} as planned
    inner join {{ ref('int_period_months') }} as period_months on planned.month = period_months.month
    inner join {{ ref('int_division_paths') }} as path
        on
            planned.division_code = path.division_code
            and period_months.month_start >= path.valid_from
            and period_months.month_start < path.valid_to
    where
        path.ancestor_level in ('township', 'county')
        and period_months.period_type in ('year', 'fp_year')
    group by path.ancestor_code, period_months.period_type, period_months.period_start

),

-- A county keeps its row when no birth is judged any more, so that the end of the regime shows. Of a township
-- only the number judged is told: it says how far chance reaches there.
figures as (

    select
        vital.*,
        {% for measure in judged %}
        case
            when
                vital.division_level in ('county'{% if measure == 'births_judged' %}, 'township'{% endif %})
                and vital.period_type in ('year', 'fp_year')
                then coalesce(judged.{{ measure }}, 0)
        end as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_vital_periods') }} as vital
    left join judged
        on
            vital.division_code = judged.division_code
            and vital.period_type = judged.period_type
            and vital.period_start = judged.period_start

),

united as (

{% for measure, expression in [
    ('births_occ', 'births_occ'),
    ('births_rep', 'births_rep'),
    ('births_prev_unreported', 'births_prev_unreported'),
    ('births_male', 'births_male'),
    ('births_female', 'births_female'),
    ('deaths', 'deaths'),
    ('natural_increase', 'births_occ - deaths'),
    ('births_and_deaths', 'births_occ + deaths'),
    ('couples_wed', 'marriages'),
    ('pop_end', 'closing'),
    ('pop_average', 'cast(opening + closing as decimal(18, 2)) * 0.5'),
    ('person_years', 'round(' ~ ratio('person_days_x2', '2 * days_in_year') ~ ', 2)'),
    ('births_judged', 'births_judged'),
    ('births_planned', 'births_planned'),
    ('births_second_judged', 'births_second_judged'),
    ('births_second_planned', 'births_second_planned'),
] %}
    select
        '{{ measure }}' as measure,
        division_code,
        division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        cast({{ expression }} as decimal(18, 2)) as value
    from figures
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    measure,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    'hukou' as pop_concept,
    value
from united
where value is not null or measure in ('pop_end', 'pop_average')
