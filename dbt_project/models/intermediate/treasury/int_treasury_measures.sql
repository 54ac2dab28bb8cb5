-- Of the county alone, as the catalogue allows.
{% for measure, column in [
    ('fee_remitted', 'remitted_yuan'),
    ('fee_remitted_for_period', 'remitted_for_yuan'),
    ('fee_due_to_treasury', 'due_yuan'),
    ('fee_remit_yuan_days', 'lag_yuan_days'),
    ('fee_remit_lag_yuan', 'lag_yuan'),
    ('fee_returned', 'returned_yuan'),
] %}
select
    cast('{{ measure }}' as {{ dbt.type_string() }}) as measure,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    cast('none' as {{ dbt.type_string() }}) as pop_concept,
    cast({{ column }} as decimal(18, 2)) as value
from {{ ref('int_treasury_periods') }}
where division_level = 'county'
{% if not loop.last %}union all{% endif %}
{% endfor %}
