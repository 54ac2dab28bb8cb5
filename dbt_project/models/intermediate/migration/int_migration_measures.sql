with moves as (

    select
        migration.division_code,
        migration.division_level,
        period_months.period_type,
        period_months.period_start,
        period_months.period_end,
        period_months.calendar,
        sum(case when migration.direction = 'in' then migration.moves else 0 end) as moved_in,
        sum(case when migration.direction = 'out' then migration.moves else 0 end) as moved_out
    from {{ ref('int_migration') }} as migration
    inner join {{ ref('int_period_months') }} as period_months on migration.month = period_months.month
    group by
        migration.division_code,
        migration.division_level,
        period_months.period_type,
        period_months.period_start,
        period_months.period_end,
        period_months.calendar

)

{% for measure, expression in [
    ('moved_in', 'moved_in'),
    ('moved_out', 'moved_out'),
    ('net_moves', 'moved_in - moved_out'),
    ('moves', 'moved_in + moved_out'),
] %}
select
    {{ text("'" ~ measure ~ "'") }} as measure,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    {{ text("'hukou'") }} as pop_concept,
    cast({{ expression }} as decimal(18, 2)) as value
from moves
{% if not loop.last %}union all{% endif %}
{% endfor %}
