{# Everything that differs between DuckDB and Spark, and nothing else. #}

{% macro duckdb__safe_cast(field, type) -%}
    try_cast({{ field }} as {{ type }})
{%- endmacro %}

{% macro spark__safe_cast(field, type) -%}
    try_cast({{ field }} as {{ type }})
{%- endmacro %}

{% macro text(expression) -%}
    cast({{ expression }} as {{ dbt.type_string() }})
{%- endmacro %}

{% macro ratio(numerator, denominator) -%}
    (cast({{ numerator }} as double) / nullif(cast({{ denominator }} as double), 0))
{%- endmacro %}

{% macro month_of(date_expression) -%}
    substr(cast({{ date_expression }} as {{ dbt.type_string() }}), 1, 7)
{%- endmacro %}

{% macro as_of() -%}
    cast('{{ var("as_of") }}' as date)
{%- endmacro %}

{# Complete months only; the last day of a short month completes one. (date_diff counts boundaries.) #}
{% macro whole_months_between(start_date, end_date) -%}
    (
        (extract(year from {{ end_date }}) - extract(year from {{ start_date }})) * 12
        + (extract(month from {{ end_date }}) - extract(month from {{ start_date }}))
        - case
            when
                extract(day from {{ end_date }}) < extract(day from {{ start_date }})
                and {{ end_date }} <> last_day({{ end_date }})
                then 1
            else 0
        end
    )
{%- endmacro %}
