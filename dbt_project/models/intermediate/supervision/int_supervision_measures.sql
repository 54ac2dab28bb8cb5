{% for model, measure, expression in [
    ('int_inspection_periods', 'inspections_planned', 'planned'),
    ('int_inspection_periods', 'inspections_held', 'held'),
    ('int_inspection_periods', 'closure_days_middle', 'case when rounds_closed > 0 then middle_days end'),
    ('int_inspection_periods', 'closure_days_halves', 'case when rounds_closed > 0 then 2 end'),
    ('int_disclosure_periods', 'disclosures_due', 'due'),
    ('int_disclosure_periods', 'disclosures_on_time', 'on_time'),
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
    cast({{ expression }} as decimal(18, 2)) as value
from {{ ref(model) }}
where {{ expression }} is not null
{% if not loop.last %}union all{% endif %}
{% endfor %}
