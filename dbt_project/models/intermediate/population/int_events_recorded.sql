-- Deaths, moves and adoptions counted from ledger rows, by sex and month of birth. An adopted child joins
-- the population without being born or moving: an adjustment.
with ledger_rows as (

    select
        unit_code,
        sex,
        birth_month,
        period as report_month,
        {{ month_of('death_date') }} as event_month,
        'deaths' as event,
        'L03' as source_form
    from {{ ref('int_l03_current') }}
    union all
    select
        unit_code,
        sex,
        birth_month,
        period as report_month,
        {{ month_of('move_date') }} as event_month,
        case direction when 'in' then 'moved_in' else 'moved_out' end as event,
        'L05' as source_form
    from {{ ref('int_l05_current') }}
    union all
    select
        unit_code,
        sex,
        {{ month_of('birth_date') }} as birth_month,
        period as report_month,
        period as event_month,
        'adjustment' as event,
        'L02' as source_form
    from {{ ref('int_l02_current') }}
    where birth_event_type = 'adoption'

)

select
    villages.division_code,
    ledger_rows.report_month,
    ledger_rows.event_month,
    ledger_rows.event,
    ledger_rows.source_form,
    ledger_rows.sex,
    ledger_rows.birth_month,
    count(*) as persons
from ledger_rows
inner join {{ ref('int_villages') }} as villages
    on ledger_rows.unit_code = villages.division_code
group by
    villages.division_code,
    ledger_rows.report_month,
    ledger_rows.event_month,
    ledger_rows.event,
    ledger_rows.source_form,
    ledger_rows.sex,
    ledger_rows.birth_month
