with summed as (

    select
        migration.division_code,
        migration.division_level,
        period_months.period_type,
        period_months.period_start,
        period_months.period_end,
        migration.direction,
        sum(migration.moves) as moves,
        sum(migration.township) as township,
        sum(migration.county) as county,
        sum(migration.province) as province,
        sum(migration.other) as other
    from {{ ref('int_migration') }} as migration
    inner join {{ ref('int_period_months') }} as period_months on migration.month = period_months.month
    group by
        migration.division_code,
        migration.division_level,
        period_months.period_type,
        period_months.period_start,
        period_months.period_end,
        migration.direction

),

scoped as (

{% for scope, moves in [
    ('township', 'township'),
    ('county', 'county'),
    ('province', 'province'),
    ('other', 'other'),
    ('unknown', 'moves - coalesce(township, 0) - county - province - other'),
] %}
    select
        division_code,
        division_level,
        period_type,
        period_start,
        period_end,
        direction,
        '{{ scope }}' as scope,
        {{ moves }} as moves
    from summed
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    {{ text('division_code') }} as division_code,
    {{ text('division_level') }} as division_level,
    {{ text('period_type') }} as period_type,
    cast(period_start as date) as period_start,
    cast(period_end as date) as period_end,
    {{ text("'hukou'") }} as pop_concept,
    {{ text('direction') }} as direction,
    {{ text('scope') }} as scope,
    cast(moves as bigint) as moves
from scoped
where moves is not null
