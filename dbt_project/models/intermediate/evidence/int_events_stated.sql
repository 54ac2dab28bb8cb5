-- What a unit states of the events of its month: the monthly report, and the village summary of births and
-- deaths. Births of earlier years are stated inside the births of the month or beside them.
{% set figures = {
    'l16': ['births', 'deaths', 'moved_in', 'moved_out'],
    'l07': ['births', 'deaths'],
} %}

{% for form, names in figures.items() %}
{% set last_form = loop.last %}
{% for name in names %}
select
    '{{ form.upper() }}' as form,
    unit_code,
    period,
    row_id,
    submission_id,
    '{{ name }}' as figure,
    {{ name }} as stated,
    {% if form == 'l16' and name == 'births' %}
    coalesce(births_prev_unreported, 0) as beside
    {% else %}
    0 as beside
    {% endif %}
from {{ ref('int_' ~ form ~ '_current') }}
where {{ name }} is not null
{% if not (loop.last and last_form) %}union all{% endif %}
{% endfor %}
{% endfor %}
