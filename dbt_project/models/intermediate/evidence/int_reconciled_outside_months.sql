-- What the ledgers date outside the known months: no month of the marts shows it, so it is reconciled with
-- what the bookkeeping and the events hold there.
{% set people = [
    ('births', 'L02', 'birth_date', "coalesce(birth_event_type, 'birth') <> 'adoption'"),
    ('deaths', 'L03', 'death_date', '1 = 1'),
    ('moved_in', 'L05', 'move_date', "direction = 'in'"),
    ('moved_out', 'L05', 'move_date', "direction = 'out'"),
] %}

with ledgers as (

    {% for measure, flow in [
        ('collected_yuan', 'collected'), ('surcharge_yuan', 'surcharge'), ('refunded_yuan', 'refunded'),
    ] %}
    select
        'L12' as form,
        period,
        unit_code,
        '{{ flow }}' as flow,
        '{{ measure }}' as measure,
        {{ measure }} as told
    from {{ ref('int_ledger_money') }}
    where {{ measure }} <> 0
    union all
    {% endfor %}
    {% for measure, form, dated, condition in people %}
    select
        '{{ form }}' as form,
        {{ month_of(dated) }} as period,
        told.unit_code,
        '{{ measure }}' as flow,
        '{{ measure }}' as measure,
        count(*) as told
    from {{ ref('int_' ~ form.lower() ~ '_current') }} as told
    inner join {{ ref('int_villages') }} as villages on told.unit_code = villages.division_code
    where {{ condition }}
    group by {{ month_of(dated) }}, told.unit_code
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

held as (

    select
        township_code as unit_code,
        {{ month_of('event_date') }} as period,
        flow,
        sum(amount_yuan) as held
    from {{ ref('int_fee_entries') }}
    group by township_code, {{ month_of('event_date') }}, flow
    union all
    select
        division_code as unit_code,
        event_month as period,
        event as flow,
        sum(persons) as held
    from {{ ref('int_population_events') }}
    where source_form <> 'L16'
    group by division_code, event_month, event

)

select
    ledgers.form,
    ledgers.period,
    ledgers.unit_code,
    ledgers.measure || '_outside_known_months' as measure,
    ledgers.told as ledger_value,
    coalesce(held.held, 0) as mart_value
from ledgers
left join held
    on
        ledgers.unit_code = held.unit_code
        and ledgers.period = held.period
        and ledgers.flow = held.flow
left join {{ ref('int_months_known') }} as months on ledgers.period = months.month
where months.month is null and ledgers.period is not null
