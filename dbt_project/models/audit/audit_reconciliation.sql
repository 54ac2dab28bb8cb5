-- The ledgers added up by the shortest way, beside what the marts publish for the same month. The two
-- travel different paths, so a row lost between staging and mart shows as a difference.
with money as (

    {% for measure in ['collected_yuan', 'surcharge_yuan', 'refunded_yuan'] %}
    select
        'L12' as form,
        {{ month_of('published.period_start') }} as period,
        published.division_code as unit_code,
        '{{ measure }}' as measure,
        coalesce(ledger.{{ measure }}, 0) as ledger_value,
        published.{{ measure }} as mart_value
    from {{ ref('mart_fee_collection') }} as published
    left join {{ ref('int_ledger_money') }} as ledger
        on
            published.division_code = ledger.unit_code
            and {{ month_of('published.period_start') }} = ledger.period
    where published.division_level = 'township' and published.period_type = 'month'
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
            when 'births' then published.births
            when 'deaths' then published.deaths
            when 'moved_in' then published.moved_in
            when 'moved_out' then published.moved_out
        end as mart_value
    from {{ ref('int_ledger_people') }} as ledger
    inner join {{ ref('mart_population_balance') }} as published
        on
            ledger.unit_code = published.division_code
            and ledger.period = {{ month_of('published.period_start') }}
    where
        published.division_level = 'village'
        and published.period_type = 'month'
        and published.basis = 'reported'

),

united as (

    select * from money
    union all
    select * from people

)

select
    {{ text('united.form') }} as form,
    {{ text('united.period') }} as period,
    {{ text('united.unit_code') }} as unit_code,
    {{ text('united.measure') }} as measure,
    cast(united.ledger_value as decimal(18, 2)) as ledger_value,
    cast(united.mart_value as decimal(18, 2)) as mart_value
from united
inner join {{ ref('int_months_known') }} as months on united.period = months.month
