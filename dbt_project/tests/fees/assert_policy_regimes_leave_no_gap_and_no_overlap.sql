-- Within one prefix each regime begins on the day the one before it ends.
with regimes as (

    select
        area_prefix,
        valid_from,
        valid_to,
        lead(valid_from) over (
            partition by area_prefix
            order by valid_from asc nulls last
        ) as next_from
    from {{ ref('policy_regime') }}

)

select
    area_prefix,
    valid_from
from regimes
where valid_from >= valid_to or next_from <> valid_to
