{#- Months and ages. What belongs here: how completed years follow from year and month alone. -#}

{# Months since the year 0 of a text YYYY-MM, so that months of any year can be subtracted. #}
{% macro month_count(month) -%}
    (cast(substr({{ month }}, 1, 4) as integer) * 12 + cast(substr({{ month }}, 6, 2) as integer))
{%- endmacro %}

{# Completed years on the last day of a month, both given as month counts: everybody born in that month of a
   year has had the birthday by then, 29 February included. #}
{% macro age_at_month_end(month_count, born_count) -%}
    cast(floor({{ ratio(month_count ~ ' - ' ~ born_count, '12') }}) as integer)
{%- endmacro %}
