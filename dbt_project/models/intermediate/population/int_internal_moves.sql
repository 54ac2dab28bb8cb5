-- Moves whose two ends lie in the same township or county: k = min(in, out) of them is no growth of
-- that division (ruling R-05).
with moves as (

    select
        unit_code as division_code,
        other_division,
        direction,
        'reported' as basis,
        period as month
    from {{ ref('int_l05_current') }}
    where other_division is not null
    union all
    select
        unit_code as division_code,
        other_division,
        direction,
        'occurred' as basis,
        {{ month_of('move_date') }} as month
    from {{ ref('int_l05_current') }}
    where other_division is not null and move_date is not null

),

counted as (

    select
        division_code,
        other_division,
        basis,
        month,
        sum(case when direction = 'in' then 1 else 0 end) as moved_in,
        sum(case when direction = 'out' then 1 else 0 end) as moved_out
    from moves
    group by division_code, other_division, basis, month

),

paths as (

    select * from {{ ref('int_division_paths') }}
    where ancestor_level <> 'village'

),

within as (

    select
        own.ancestor_code as division_code,
        counted.basis,
        counted.month,
        cast(sum(counted.moved_in) as bigint) as internal_in,
        cast(sum(counted.moved_out) as bigint) as internal_out
    from counted
    inner join {{ ref('int_village_balance') }} as balance
        on
            counted.division_code = balance.division_code
            and counted.basis = balance.basis
            and counted.month = balance.month
    inner join paths as own
        on
            counted.division_code = own.division_code
            and balance.month_start >= own.valid_from
            and balance.month_start < own.valid_to
    inner join paths as other
        on
            counted.other_division = other.division_code
            and own.ancestor_code = other.ancestor_code
            and balance.month_start >= other.valid_from
            and balance.month_start < other.valid_to
    group by own.ancestor_code, counted.basis, counted.month

)

select
    division_code,
    basis,
    month,
    internal_in,
    internal_out,
    least(internal_in, internal_out) as netted
from within
