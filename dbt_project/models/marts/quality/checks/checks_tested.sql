-- One line per check: the only place that lists them besides the registry.
{% set checks = ['SC-01', 'SC-02', 'SC-10', 'AC-01', 'AC-08', 'AC-14', 'AC-19'] %}

{% for check in checks %}
select
    cast('{{ check }}' as {{ dbt.type_string() }}) as check_id,
    unit_code,
    form,
    period,
    row_id,
    submission_id,
    against_submission_id,
    column_name,
    tested,
    failed,
    yuan
from {{ ref('check_' ~ check.lower().replace('-', '_')) }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
