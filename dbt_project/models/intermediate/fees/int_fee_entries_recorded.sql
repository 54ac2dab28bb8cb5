-- What the ledgers themselves say happened, one row per flow; what the law adds (annulment of the
-- rest, termination in 2021) follows in the next models.
{% set receipt_flows = ['collected', 'surcharge', 'refunded', 'surcharge_refunded'] %}
{% set exit_flows = ['waived', 'written_off'] %}

with assessed as (

    select
        case_key,
        row_id,
        decision_date as event_date,
        cast('assessed' as {{ dbt.type_string() }}) as flow,
        assessed_yuan as amount_yuan
    from {{ ref('int_fee_cases') }}
    where assessed_yuan <> 0

),

{% for flow in exit_flows %}
-- Nothing is left to waive or write off once collection has ended.
{{ flow }} as (

    select
        case_key,
        row_id,
        {{ flow }}_on as event_date,
        cast('{{ flow }}' as {{ dbt.type_string() }}) as flow,
        {{ flow }}_yuan as amount_yuan
    from {{ ref('int_fee_cases') }}
    where {{ flow }}_yuan <> 0 and {{ flow }}_on < collection_ends_on

),

{% endfor %}
{% for flow in receipt_flows %}
{{ flow }} as (

    select
        case_key,
        row_id,
        payment_date as event_date,
        cast('{{ flow }}' as {{ dbt.type_string() }}) as flow,
        {{ flow }}_yuan as amount_yuan
    from {{ ref('int_fee_receipts') }}
    where {{ flow }}_yuan <> 0

),

{% endfor %}
court_recovered as (

    select
        case_key,
        row_id,
        payment_date as event_date,
        cast('court_recovered' as {{ dbt.type_string() }}) as flow,
        cast(collected_yuan + surcharge_yuan as decimal(14, 2)) as amount_yuan
    from {{ ref('int_fee_receipts') }}
    where channel_code = 'court' and collected_yuan + surcharge_yuan <> 0

),

final as (

    select * from assessed
    {% for flow in exit_flows + receipt_flows + ['court_recovered'] %}
    union all
    select * from {{ flow }}
    {% endfor %}

)

select
    case_key,
    row_id,
    event_date,
    flow,
    cast(amount_yuan as decimal(14, 2)) as amount_yuan,
    cast(case
        when flow in ('assessed', 'refunded') then amount_yuan
        when flow in ('collected', 'waived', 'written_off') then -amount_yuan
        else 0
    end as decimal(14, 2)) as open_effect_yuan
from final
