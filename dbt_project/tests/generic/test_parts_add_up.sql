{% test parts_add_up(model, total, parts) %}
select *
from {{ model }}
where {{ total }} is distinct from {{ parts | join(' + ') }}
{% endtest %}
