-- The ledgers added up by the shortest way, beside what the marts publish for the same month. The two
-- travel different paths, so a row lost between staging and mart shows as a difference; what is dated
-- outside the known months, or of a village without a known stock, has a line of its own.
with published as (

    select
        *,
        {{ month_of('period_start') }} as period
    from {{ ref('mart_fee_collection') }}
    where division_level = 'township' and period_type = 'month'

),

money as (

    {% for measure in ['collected_yuan', 'surcharge_yuan', 'refunded_yuan'] %}
    select
        'L12' as form,
        coalesce(ledger.period, published.period) as period,
        coalesce(ledger.unit_code, published.division_code) as unit_code,
        '{{ measure }}' as measure,
        coalesce(ledger.{{ measure }}, 0) as ledger_value,
        coalesce(published.{{ measure }}, 0) as mart_value
    from {{ ref('int_ledger_money') }} as ledger
    full outer join published
        on
            ledger.unit_code = published.division_code
            and ledger.period = published.period
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

people as (

    select
        ledger.form,
        ledger.period,
        ledger.unit_code,
        ledger.measure,
        ledger.counted as ledger_value,
        case ledger.measure
            {% for measure in ['births', 'deaths', 'moved_in', 'moved_out'] %}
            when '{{ measure }}' then balance.{{ measure }}
            {% endfor %}
        end as mart_value
    from {{ ref('int_ledger_people') }} as ledger
    inner join {{ ref('mart_population_balance') }} as balance
        on
            ledger.unit_code = balance.division_code
            and ledger.period = {{ month_of('balance.period_start') }}
    where balance.division_level = 'village' and balance.basis = 'reported'

),

united as (

    select money.*
    from money
    inner join {{ ref('int_months_known') }} as months on money.period = months.month
    union all
    select * from people
    union all
    select * from {{ ref('int_reconciled_without_stock') }}
    union all
    select * from {{ ref('int_reconciled_outside_months') }}

)

select
    {{ text('united.form') }} as form,
    {{ text('united.period') }} as period,
    {{ text('united.unit_code') }} as unit_code,
    {{ text('united.measure') }} as measure,
    cast(united.ledger_value as decimal(18, 2)) as ledger_value,
    cast(united.mart_value as decimal(18, 2)) as mart_value
from united
