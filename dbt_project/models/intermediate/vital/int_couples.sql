-- What tells one wedding from another, in every row that tells of one. A person weds once a day, so either
-- number of a couple brings in the other one from any book that has both. Couples of whom a number stays
-- unknown are told apart by the homes of both sides, or by the book alone where those are not known either.
with told as (

    select
        ledger.unit_code,
        {{ month_of('ledger.event_date') }} as month,
        ledger.event_date,
        ledger.husband_key,
        ledger.wife_key,
        ledger.husband_order,
        ledger.wife_order,
        ledger.husband_area,
        ledger.wife_area
    from {{ ref('int_l04_current') }} as ledger
    inner join {{ ref('int_villages') }} as villages on ledger.unit_code = villages.division_code
    where ledger.event = 'marriage'

),

matched as (

    select
        told.*,
        coalesce(
            told.husband_key,
            case
                when told.wife_key is not null
                    then max(told.husband_key) over (partition by told.wife_key, told.event_date)
            end
        ) as husband,
        coalesce(
            told.wife_key,
            case
                when told.husband_key is not null
                    then max(told.wife_key) over (partition by told.husband_key, told.event_date)
            end
        ) as wife
    from told

)

select
    unit_code,
    month,
    event_date,
    case when wife is not null then husband end as husband_key,
    case when husband is not null then wife end as wife_key,
    case when husband is null or wife is null then coalesce(husband, wife) end as one_key,
    case when husband is null or wife is null then husband_area end as husband_area,
    case when husband is null or wife is null then wife_area end as wife_area,
    case
        when (husband is null or wife is null) and (husband_area is null or wife_area is null) then unit_code
    end as told_by,
    case when husband_order = 'first' then 1 else 0 end as is_first_m,
    case when wife_order = 'first' then 1 else 0 end as is_first_f
from matched
