-- Internal moves leave both sides alike, so the net of moves is additive although the gross is not.
with balance as (

    select * from {{ ref('mart_population_balance') }}

),

parts as (

    select
        path.ancestor_code as division_code,
        balance.basis,
        balance.period_start,
        sum(balance.moved_in - balance.moved_out) as net_moves
    from balance
    inner join {{ ref('int_division_paths') }} as path
        on
            balance.division_code = path.division_code
            and balance.period_start >= path.valid_from
            and balance.period_start < path.valid_to
    where balance.division_level = 'village'
    group by path.ancestor_code, balance.basis, balance.period_start

)

select
    balance.division_code,
    balance.basis,
    balance.period_start
from balance
inner join parts
    on
        balance.division_code = parts.division_code
        and balance.basis = parts.basis
        and balance.period_start = parts.period_start
where balance.moved_in - balance.moved_out <> parts.net_moves
