{# Villages add up to their township and county, for columns that are additive over area. #}
{% test levels_add_up(model, columns, keys) %}
with parts as (

    select
        path.ancestor_code as division_code,
{% for key in keys %}
        part.{{ key }},
{% endfor %}
{% for column in columns %}
        sum(part.{{ column }}) as {{ column }}{% if not loop.last %},{% endif %}
{% endfor %}
    from {{ model }} as part
    inner join {{ ref('int_division_paths') }} as path
        on
            part.division_code = path.division_code
            and part.division_level = 'village'
            and path.ancestor_level <> 'village'
            and part.period_start >= path.valid_from
            and part.period_end <= path.valid_to
    group by path.ancestor_code{% for key in keys %}, part.{{ key }}{% endfor %}

)

select whole.*
from {{ model }} as whole
inner join parts
    on
        whole.division_code = parts.division_code
{% for key in keys %}
        and whole.{{ key }} = parts.{{ key }}
{% endfor %}
where
{% for column in columns %}
    whole.{{ column }} <> parts.{{ column }}{% if not loop.last %} or{% endif %}
{% endfor %}
{% endtest %}
