{# A run builds its warehouse anew and shows nobody the half of it, so a table is made in place: dbt's own way writes
   it under another name, renames both and drops the old one, which costs more than most of our models. #}
{% materialization table, adapter='duckdb', supported_languages=['sql'] %}
    {%- set made = this.incorporate(type='table') -%}
    {{ drop_relation_if_exists(load_cached_relation(this)) }}
    {% call statement('main') -%}
        {{ create_table_as(False, made, compiled_code) }}
    {%- endcall %}
    {{ adapter.commit() }}
    {{ return({'relations': [made]}) }}
{% endmaterialization %}
