{% for measure, column in [
    ('reports_due', 'due'),
    ('reports_received', 'received'),
    ('reports_on_time', 'on_time'),
    ('fields_expected', 'fields_expected'),
    ('fields_filled', 'fields_filled'),
    ('ids_present', 'ids_present'),
    ('ids_valid', 'ids_valid'),
] %}
select
    '{{ measure }}' as measure,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    'none' as pop_concept,
    cast({{ column }} as decimal(18, 2)) as value
from {{ ref('int_quality_periods') }}
where domain = 'all'
{% if not loop.last %}union all{% endif %}
{% endfor %}
