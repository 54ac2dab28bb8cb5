-- Moves told by the register of a village, by month of report and of the move, with what is certain of how
-- far away the other end lies. Only months in which the village's stock is carried.
with dated as (

    select
        unit_code,
        other_division,
        direction,
        'reported' as basis,
        period as month
    from {{ ref('int_l05_current') }}
    union all
    select
        unit_code,
        other_division,
        direction,
        'occurred' as basis,
        {{ month_of('move_date') }} as month
    from {{ ref('int_l05_current') }}
    where move_date is not null

)

select
    dated.unit_code as division_code,
    dated.basis,
    dated.month,
    balance.month_start,
    dated.direction,
    dated.other_division,
    far.far_township,
    far.is_other_township,
    far.is_other_county,
    far.is_other_province,
    cast(count(*) as bigint) as moves
from dated
inner join {{ ref('int_village_balance') }} as balance
    on
        dated.unit_code = balance.division_code
        and dated.basis = balance.basis
        and dated.month = balance.month
left join {{ ref('int_far_places') }} as far
    on
        dated.unit_code = far.unit_code
        and dated.other_division = far.place
        and dated.month = far.month
group by
    dated.unit_code,
    dated.basis,
    dated.month,
    balance.month_start,
    dated.direction,
    dated.other_division,
    far.far_township,
    far.is_other_township,
    far.is_other_county,
    far.is_other_province
