-- The ledgers added up by the shortest way, beside what the marts publish for the same month. The two
-- travel different paths, so a row lost between staging and mart shows as a difference.
with months as (

    select * from {{ ref('int_months_known') }}

),

townships as (

    select
        unit_code,
        township_code
    from {{ ref('int_fee_units') }}

),

receipts as (

    select
        coalesce(cases.township_code, townships.township_code) as unit_code,
        {{ month_of('payments.payment_date') }} as period,
        coalesce(payments.mark_code, 'normal') as mark_code,
        payments.amount_yuan,
        coalesce(payments.surcharge_yuan, 0) as surcharge_yuan
    from {{ ref('stg_l12') }} as payments
    inner join {{ ref('int_submissions_current') }} as submissions
        on
            payments.submission_id = submissions.submission_id
            and payments.batch_id = submissions.batch_id
    inner join townships on payments.unit_code = townships.unit_code
    left join {{ ref('int_fee_cases') }} as cases on payments.case_key = cases.case_key

),

ledger_money as (

    select
        unit_code,
        period,
        sum(case mark_code
            when 'normal' then amount_yuan - surcharge_yuan
            when 'reversal' then abs(surcharge_yuan) - abs(amount_yuan)
            else 0
        end) as collected_yuan,
        sum(case mark_code
            when 'normal' then surcharge_yuan
            when 'reversal' then -abs(surcharge_yuan)
            else 0
        end) as surcharge_yuan,
        sum(case when mark_code = 'refund' then abs(amount_yuan) - abs(surcharge_yuan) else 0 end)
            as refunded_yuan
    from receipts
    group by unit_code, period

),

published_money as (

    select
        division_code as unit_code,
        substr(cast(period_start as {{ dbt.type_string() }}), 1, 7) as period,
        collected_yuan,
        surcharge_yuan,
        refunded_yuan
    from {{ ref('mart_fee_collection') }}
    where division_level = 'township' and period_type = 'month'

),

money as (

{% for measure in ['collected_yuan', 'surcharge_yuan', 'refunded_yuan'] %}
    select
        'L12' as form,
        published_money.period,
        published_money.unit_code,
        '{{ measure }}' as measure,
        coalesce(ledger_money.{{ measure }}, 0) as ledger_value,
        published_money.{{ measure }} as mart_value
    from published_money
    left join ledger_money
        on
            published_money.unit_code = ledger_money.unit_code
            and published_money.period = ledger_money.period
    {% if not loop.last %}union all{% endif %}
{% endfor %}
),

published_balance as (

    select
        division_code as unit_code,
        substr(cast(period_start as {{ dbt.type_string() }}), 1, 7) as period,
        births,
        deaths,
        moved_in,
        moved_out
    from {{ ref('mart_population_balance') }}
    where division_level = 'village' and period_type = 'month' and basis = 'reported'

),

{% set behind = [
    ('births', 'L02', "coalesce(birth_event_type, 'birth') <> 'adoption'"),
    ('deaths', 'L03', '1 = 1'),
    ('moved_in', 'L05', "direction = 'in'"),
    ('moved_out', 'L05', "direction = 'out'"),
] %}
people as (

{% for measure, form, condition in behind %}
    select
        '{{ form }}' as form,
        ledger.period,
        ledger.unit_code,
        '{{ measure }}' as measure,
        count(*) as ledger_value,
        max(published_balance.{{ measure }}) as mart_value
    from {{ ref('int_' ~ form.lower() ~ '_current') }} as ledger
    inner join published_balance
        on
            ledger.unit_code = published_balance.unit_code
            and ledger.period = published_balance.period
    where {{ condition }}
    group by ledger.period, ledger.unit_code
    {% if not loop.last %}union all{% endif %}
{% endfor %}
),

united as (

    select * from money
    union all
    select * from people

)

select
    cast(united.form as {{ dbt.type_string() }}) as form,
    cast(united.period as {{ dbt.type_string() }}) as period,
    cast(united.unit_code as {{ dbt.type_string() }}) as unit_code,
    cast(united.measure as {{ dbt.type_string() }}) as measure,
    cast(united.ledger_value as decimal(18, 2)) as ledger_value,
    cast(united.mart_value as decimal(18, 2)) as mart_value
from united
inner join months on united.period = months.month
