-- dbt has to know at parse time what checks_tested reads, so it cannot find the checks by itself: a check
-- that is not in its list, or has no registry row, or a registry row without a check, shows here.
{% set checks = [] %}
{% if execute %}
{% set united = graph.nodes['model.taizhang.checks_tested'].depends_on.nodes %}
{% for node in graph.nodes.values() if node.name.startswith('check_') and node.resource_type == 'model' %}
{% do checks.append((node.name[6:] | upper | replace('_', '-'), node.unique_id in united)) %}
{% endfor %}
{% endif %}

with checks as (

    {% for check, is_counted in checks %}
    select
        {{ text("'" ~ check ~ "'") }} as check_id,
        {{ 1 if is_counted else 0 }} as is_counted
    union all
    {% endfor %}
    select
        {{ text('null') }} as check_id,
        0 as is_counted

)

select
    registry.check_id as registered,
    checks.check_id as modelled
from {{ ref('check_registry') }} as registry
full join checks on registry.check_id = checks.check_id
where
    (registry.check_id is not null and checks.check_id is null)
    or (checks.check_id is not null and (registry.check_id is null or checks.is_counted = 0))
