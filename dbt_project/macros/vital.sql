{#- The classes of births and infant deaths that indicators are made of. What belongs here: the list of them and
    what each counts, since five models name them. -#}

{# Bands of mothers' ages in completed years. Births below 15 and from 50 on are counted in the first and the last
   band, as the Demographic Yearbook of the United Nations does (technical notes to its rates by age of mother);
   ages at which nobody bears a child are not known ages. #}
{% macro mother_bands() %}
{{ return([('15_19', 10, 20), ('20_24', 20, 25), ('25_29', 25, 30), ('30_34', 30, 35), ('35_39', 35, 40),
           ('40_44', 40, 45), ('45_49', 45, 60)]) }}
{% endmacro %}

{# Classes of births as (measure, condition) over birth_order, sex and mother_months, her age in whole months. #}
{% macro birth_classes() %}
{% set classes = [] %}
{% for order, condition in [('1', 'birth_order = 1'), ('2', 'birth_order = 2'), ('3p', 'birth_order >= 3')] %}
{% do classes.append(('births_order_' ~ order, condition)) %}
{% for sex in ['male', 'female'] %}
{% do classes.append(('births_order_' ~ order ~ '_' ~ sex, condition ~ " and sex = '" ~ sex ~ "'")) %}
{% endfor %}
{% endfor %}
{% do classes.append(('births_order_known', 'birth_order >= 1')) %}
{% for band, low, high in mother_bands() %}
{% do classes.append(('births_mother_' ~ band,
    'mother_months >= ' ~ 12 * low ~ ' and mother_months < ' ~ 12 * high)) %}
{% endfor %}
{% do classes.append(('births_mother_known', 'mother_months >= ' ~ 12 * mother_bands()[0][1]
    ~ ' and mother_months < ' ~ 12 * mother_bands()[-1][2])) %}
{{ return(classes) }}
{% endmacro %}
