-- Moves from village to village of the county, in the month of the move: how many people one village says
-- left for the other, and how many the other says came. Counts are linked, not persons; a person whom one
-- register tells twice left once. Clerks may date a move a month apart, and write a far end that cannot be
-- read or may be this village.
with moves as (

    select
        ledger.unit_code,
        ledger.other_division,
        ledger.direction,
        ledger.person_key,
        ledger.row_id,
        ledger.submission_id,
        months.month_no
    from {{ ref('int_l05_current') }} as ledger
    inner join {{ ref('calendar_months') }} as months on {{ month_of('ledger.move_date') }} = months.month

),

departures as (

    select
        moves.other_division as unit_code,
        moves.unit_code as from_unit_code,
        moves.month_no,
        min(moves.submission_id) as told_submission_id,
        count(distinct moves.person_key) + sum(case when moves.person_key is null then 1 else 0 end)
            as departed
    from moves
    inner join {{ ref('int_villages') }} as villages on moves.other_division = villages.division_code
    where moves.direction = 'out' and moves.other_division <> moves.unit_code
    group by moves.other_division, moves.unit_code, moves.month_no

),

arrivals as (

    select
        departures.unit_code,
        departures.from_unit_code,
        departures.month_no,
        count(moves.row_id) as arrived
    from departures
    left join moves
        on
            departures.unit_code = moves.unit_code
            and departures.from_unit_code = moves.other_division
            and moves.direction = 'in'
            and abs(departures.month_no - moves.month_no) <= 1
    group by departures.unit_code, departures.from_unit_code, departures.month_no

),

from_anywhere as (

    select
        unit_code,
        month_no,
        count(*) as arrived
    from moves
    where
        direction = 'in'
        and (
            other_division is null
            or other_division in ('village', 'township')
            or (length(other_division) < 12 and unit_code like other_division || '%')
        )
    group by unit_code, month_no

)

select
    departures.unit_code,
    departures.from_unit_code,
    departures.month_no,
    departures.told_submission_id,
    departures.departed,
    arrivals.arrived + coalesce(from_anywhere.arrived, 0) as arrived
from departures
inner join arrivals
    on
        departures.unit_code = arrivals.unit_code
        and departures.from_unit_code = arrivals.from_unit_code
        and departures.month_no = arrivals.month_no
left join from_anywhere
    on
        departures.unit_code = from_anywhere.unit_code
        and departures.month_no = from_anywhere.month_no
