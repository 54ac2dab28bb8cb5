-- dbt must know at parse time what a model reads, so the checks are listed here; a test fails when one is
-- missing (assert_every_check_is_registered_and_counted).
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
