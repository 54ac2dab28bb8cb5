-- Ledger rows counted by the shortest way, for the figure each stands behind.
{% set behind = [
    ('births', 'L02', "coalesce(birth_event_type, 'birth') <> 'adoption'"),
    ('deaths', 'L03', '1 = 1'),
    ('moved_in', 'L05', "direction = 'in'"),
    ('moved_out', 'L05', "direction = 'out'"),
] %}

{% for measure, form, condition in behind %}
select
    '{{ form }}' as form,
    period,
    unit_code,
    '{{ measure }}' as measure,
    count(*) as counted
from {{ ref('int_' ~ form.lower() ~ '_current') }}
where {{ condition }}
group by period, unit_code
{% if not loop.last %}union all{% endif %}
{% endfor %}
