-- Of three years together the births stand here too; of a year they are measured with the population.
with classified as (

    select * from {{ ref('int_vital_class_periods') }}

)

{% set counts = birth_classes() | map('first') | list
    + ['infant_deaths', 'marriages', 'first_marriages_f', 'first_marriages_m', 'births_occ'] %}
{% for count in counts %}
select
    '{{ count }}' as measure,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    'hukou' as pop_concept,
    cast({{ count }} as decimal(18, 2)) as value
from classified
where {{ count }} is not null
{%- if count == 'births_occ' %} and period_type = 'multi'{% endif %}
{% if not loop.last %}union all{% endif %}
{% endfor %}
