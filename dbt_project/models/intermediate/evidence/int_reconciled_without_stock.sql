-- Events of a village's ledger before its stock is known: no balance shows them, the flows do.
with flows as (

    {% for measure in ['births', 'deaths', 'moved_in', 'moved_out'] %}
    select
        division_code,
        month,
        '{{ measure }}' as measure,
        {{ measure }} as held
    from {{ ref('int_population_flows') }}
    where basis = 'reported'
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select
    ledger.form,
    ledger.period,
    ledger.unit_code,
    ledger.measure || '_without_known_stock' as measure,
    ledger.counted as ledger_value,
    flows.held as mart_value
from {{ ref('int_ledger_people') }} as ledger
inner join {{ ref('int_villages') }} as villages on ledger.unit_code = villages.division_code
left join {{ ref('int_village_balance') }} as balance
    on
        ledger.unit_code = balance.division_code
        and ledger.period = balance.month
        and balance.basis = 'reported'
left join flows
    on
        ledger.unit_code = flows.division_code
        and ledger.period = flows.month
        and ledger.measure = flows.measure
where balance.division_code is null
