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


{# A check that looks at one row of a relation at a time, on the days on which its rule is in force. #}
{% macro judged(relation, check, form, day, column_name, applies, fails, yuan='0', against='null', unit='fee_unit_code') -%}
select
    {{ unit }} as unit_code,
    '{{ form }}' as form,
    {{ month_of(day) }} as period,
    row_id,
    submission_id,
    cast({{ against }} as {{ dbt.type_string() }}) as against_submission_id,
    '{{ column_name }}' as column_name,
    1 as tested,
    case when {{ fails }} then 1 else 0 end as failed,
    case when {{ fails }} then {{ yuan }} else 0 end as yuan
from {{ relation }}
where
    {{ day }} >= (select valid_from from {{ ref('check_registry') }} where check_id = '{{ check }}')
    and {{ day }} < (select valid_to from {{ ref('check_registry') }} where check_id = '{{ check }}')
    and {{ applies }}
{%- endmacro %}

{% macro check_limit(check, limit) -%}
(
    select max(limit_value) from {{ ref('check_limits') }}
    where check_id = '{{ check }}' and limit_id = '{{ limit }}'
)
{%- endmacro %}
