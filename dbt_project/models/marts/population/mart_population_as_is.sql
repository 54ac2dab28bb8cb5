-- The population balance in the boundaries of today: what became of a village counts for the village that it
-- became. Moves stand net, so that what a merger made internal needs no netting.
with villages as (

    select
        as_is.as_is_code,
        balance.basis,
        balance.month_start,
        balance.month_end,
        {% for figure in [
            'opening', 'births', 'deaths', 'moved_in - balance.moved_out', 'adjustment', 'closing',
        ] %}
        as_is.share * (balance.{{ figure }}) as {{ 'net_moves' if 'moved' in figure else figure }}
        {%- if not loop.last %},{% endif %}

        {% endfor %}
    from {{ ref('int_village_balance') }} as balance
    inner join {{ ref('int_division_paths') }} as standing
        on
            balance.division_code = standing.division_code
            and balance.division_code = standing.ancestor_code
            and balance.month_start >= standing.valid_from
            and balance.month_start < standing.valid_to
    inner join {{ ref('int_villages_as_is') }} as as_is
        on
            balance.division_code = as_is.division_code
            and balance.month = as_is.month

),

places as (

    select
        division_code,
        ancestor_code,
        ancestor_level,
        row_number() over (
            partition by division_code, ancestor_level
            order by valid_to desc nulls last, ancestor_code asc nulls last
        ) as place_rank
    from {{ ref('int_division_paths') }}
    where division_level = 'village'

)

select
    {{ text('places.ancestor_code') }} as division_code,
    {{ text('places.ancestor_level') }} as division_level,
    {{ text("'month'") }} as period_type,
    cast(villages.month_start as date) as period_start,
    cast(villages.month_end as date) as period_end,
    {{ text("'hukou'") }} as pop_concept,
    {{ text('villages.basis') }} as basis,
    {% for figure in ['opening', 'births', 'deaths', 'net_moves', 'adjustment', 'closing'] %}
    cast(sum(villages.{{ figure }}) as decimal(18, 6)) as {{ figure }}{% if not loop.last %},{% endif %}
    {% endfor %}
from villages
inner join places
    on
        villages.as_is_code = places.division_code
        and places.place_rank = 1
group by
    places.ancestor_code,
    places.ancestor_level,
    villages.basis,
    villages.month_start,
    villages.month_end
