{% test never_negative(model, columns) %}
select *
from {{ model }}
where
{% for column in columns %}
    {{ column }} < 0{% if not loop.last %} or{% endif %}
{% endfor %}
{% endtest %}
