{# Every check answers in the same columns: one row per object tested, with the address to look at. #}
{% macro check_result(relation) -%}
select
    cast(unit_code as {{ dbt.type_string() }}) as unit_code,
    cast(form as {{ dbt.type_string() }}) as form,
    cast(period as {{ dbt.type_string() }}) as period,
    cast(row_id as {{ dbt.type_string() }}) as row_id,
    cast(submission_id as {{ dbt.type_string() }}) as submission_id,
    cast(against_submission_id as {{ dbt.type_string() }}) as against_submission_id,
    cast(column_name as {{ dbt.type_string() }}) as column_name,
    cast(tested as bigint) as tested,
    cast(failed as bigint) as failed,
    cast(yuan as decimal(14, 2)) as yuan
from {{ relation }}
{%- endmacro %}
