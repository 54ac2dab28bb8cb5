-- Above the village only where every report that was due came, as for the closing itself. The likely source
-- is the greatest part that is not left from earlier; a tie goes to the first of the list.
{% set parts = ['births', 'deaths', 'moved_in', 'moved_out', 'adjustment', 'opening', 'arithmetic'] %}

with summed as (

    select
        path.ancestor_code as division_code,
        path.ancestor_level as division_level,
        villages.month_start,
        villages.month_end,
        sum(case when villages.residual <> villages.carried_part then 1 else 0 end) as villages_off,
        sum(villages.carried_part) as carried_part,
        {% for part in parts %}
        sum(villages.{{ part }}_part) as {{ part }}_part,
        {% endfor %}
        sum(villages.residual) as residual
    from {{ ref('int_population_residuals') }} as villages
    inner join {{ ref('int_division_paths') }} as path
        on
            villages.division_code = path.division_code
            and villages.month_start >= path.valid_from
            and villages.month_start < path.valid_to
    group by path.ancestor_code, path.ancestor_level, villages.month_start, villages.month_end

),

final as (

    select
        summed.*,
        greatest(
            {% for part in parts %}
            abs(summed.{{ part }}_part){{ ',' if not loop.last }}
            {% endfor %}
        ) as greatest_part
    from summed
    inner join {{ ref('int_population_balance') }} as balance
        on
            summed.division_code = balance.division_code
            and summed.month_start = balance.month_start
            and balance.basis = 'reported'
    where balance.reported_closing is not null

)

select
    {{ text('division_code') }} as division_code,
    {{ text('division_level') }} as division_level,
    {{ text("'month'") }} as period_type,
    cast(month_start as date) as period_start,
    cast(month_end as date) as period_end,
    {{ text("'hukou'") }} as pop_concept,
    cast(residual as bigint) as residual,
    cast(carried_part as bigint) as carried_part,
    {% for part in parts %}
    cast({{ part }}_part as bigint) as {{ part }}_part,
    {% endfor %}
    cast(villages_off as bigint) as villages_off,
    cast(case
        when greatest_part = 0 then 'none'
        {% for part in parts %}
        when abs({{ part }}_part) = greatest_part then '{{ part }}'
        {% endfor %}
    end as {{ dbt.type_string() }}) as likely_source
from final
