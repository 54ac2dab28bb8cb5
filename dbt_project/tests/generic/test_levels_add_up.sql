{# Villages add up to their township and county, for columns that are additive over area. A village whose
   code stands for a part of the period only belongs to the sum as well; one that changed its township
   within the period belongs to two, and their sums are left out. #}
{% test levels_add_up(model, columns, keys) %}
with ancestry as (

    select
        part.division_code,
        path.ancestor_level,
{% for name in keys + columns %}
        part.{{ name }},
{% endfor %}
        min(path.ancestor_code) as ancestor_code,
        max(path.ancestor_code) as other_ancestor_code
    from {{ model }} as part
    inner join {{ ref('int_division_paths') }} as path
        on
            part.division_code = path.division_code
            and part.division_level = 'village'
            and path.ancestor_level <> 'village'
            and part.period_start < path.valid_to
            and part.period_end > path.valid_from
    group by part.division_code, path.ancestor_level{% for name in keys + columns %}, part.{{ name }}{% endfor %}

),

moved as (

    select ancestor_code as division_code{% for key in keys %}, {{ key }}{% endfor %}
    from ancestry
    where ancestor_code <> other_ancestor_code
    union
    select other_ancestor_code as division_code{% for key in keys %}, {{ key }}{% endfor %}
    from ancestry
    where ancestor_code <> other_ancestor_code

),

parts as (

    select
        ancestor_code as division_code,
{% for key in keys %}
        {{ key }},
{% endfor %}
{% for column in columns %}
        sum({{ column }}) as {{ column }}{% if not loop.last %},{% endif %}
{% endfor %}
    from ancestry
    group by ancestor_code{% for key in keys %}, {{ key }}{% endfor %}

)

select whole.*
from {{ model }} as whole
inner join parts
    on
        whole.division_code = parts.division_code
{% for key in keys %}
        and whole.{{ key }} = parts.{{ key }}
{% endfor %}
left join moved
    on
        whole.division_code = moved.division_code
{% for key in keys %}
        and whole.{{ key }} = moved.{{ key }}
{% endfor %}
where
    moved.division_code is null
    and (
{% for column in columns %}
        whole.{{ column }} <> parts.{{ column }}{% if not loop.last %} or{% endif %}
{% endfor %}
    )
{% endtest %}
