-- One row a division, month and source; only where both sides are told is there a difference to explain.
{% set causes = ['surcharge_left_out', 'refund_not_netted', 'timing', 'unexplained'] %}
select
    cast(matched.division_code as {{ dbt.type_string() }}) as division_code,
    cast(matched.division_level as {{ dbt.type_string() }}) as division_level,
    {{ text("'month'") }} as period_type,
    cast(matched.month_start as date) as period_start,
    cast(matched.month_end as date) as period_end,
    cast(matched.source as {{ dbt.type_string() }}) as source,
    cast(matched.status as {{ dbt.type_string() }}) as status,
    cast(matched.subledger_yuan as decimal(14, 2)) as subledger_yuan,
    cast(matched.stated_yuan as decimal(14, 2)) as stated_yuan,
    cast(matched.difference_yuan as decimal(14, 2)) as difference_yuan,
    {% for cause in causes %}
    cast(differences.{{ cause }}_yuan as decimal(14, 2)) as {{ cause }}_yuan
    {%- if not loop.last %},{% endif %}
    {% endfor %}
from {{ ref('int_fee_matched') }} as matched
left join {{ ref('int_fee_differences') }} as differences
    on
        matched.division_code = differences.division_code
        and matched.source = differences.source
        and matched.month = differences.month
