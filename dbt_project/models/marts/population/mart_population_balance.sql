select
    {{ text('division_code') }} as division_code,
    {{ text('division_level') }} as division_level,
    {{ text("'month'") }} as period_type,
    cast(month_start as date) as period_start,
    cast(month_end as date) as period_end,
    {{ text("'hukou'") }} as pop_concept,
    {{ text('basis') }} as basis,
    cast(opening as bigint) as opening,
    cast(births as bigint) as births,
    cast(deaths as bigint) as deaths,
    cast(moved_in as bigint) as moved_in,
    cast(moved_out as bigint) as moved_out,
    cast(adjustment as bigint) as adjustment,
    cast(closing as bigint) as closing,
    cast(reported_closing as bigint) as reported_closing,
    cast(reported_closing - closing as bigint) as residual
from {{ ref('int_population_balance') }}
