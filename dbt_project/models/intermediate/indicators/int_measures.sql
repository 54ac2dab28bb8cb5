-- The one long table that indicators are made of.
{% for model in [
    'int_population_measures',
    'int_vital_measures',
    'int_quality_measures',
    'int_fee_measures',
    'int_fee_rate_measures',
    'int_fee_quantile_measures',
    'int_treasury_measures',
    'int_service_measures',
    'int_supply_measures',
    'int_structure_measures',
    'int_household_measures',
    'int_growth_measures',
    'int_migration_measures',
    'int_float_measures',
    'int_benefit_measures',
    'int_funding_measures',
    'int_supervision_measures',
] %}
select
    {{ text('measure') }} as measure,
    {{ text('division_code') }} as division_code,
    {{ text('division_level') }} as division_level,
    {{ text('period_type') }} as period_type,
    period_start,
    period_end,
    {{ text('calendar') }} as calendar,
    {{ text('pop_concept') }} as pop_concept,
    cast(value as decimal(18, 2)) as value
from {{ ref(model) }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
