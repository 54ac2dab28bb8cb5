-- Double entry: every entry debits one account and credits another by the same amount.
{% set accounts = {
    'assessed': ('receivable', 'levied'),
    'annulled': ('levied', 'receivable'),
    'waived': ('waivers', 'receivable'),
    'written_off': ('write_offs', 'receivable'),
    'terminated_2021': ('terminations', 'receivable'),
    'collected': ('cash', 'receivable'),
    'refunded': ('receivable', 'cash'),
    'surcharge': ('cash', 'surcharges'),
    'surcharge_refunded': ('surcharges', 'cash'),
    'court_recovered': ('court_memo', 'court_memo_contra'),
} %}

with debits as (

    select
        *,
        cast('debit' as {{ dbt.type_string() }}) as side,
        case flow
            {% for flow, pair in accounts.items() %}
            when '{{ flow }}' then '{{ pair[0] }}'
            {% endfor %}
        end as account,
        amount_yuan as signed_yuan
    from {{ ref('int_fee_entries') }}

),

credits as (

    select
        *,
        cast('credit' as {{ dbt.type_string() }}) as side,
        case flow
            {% for flow, pair in accounts.items() %}
            when '{{ flow }}' then '{{ pair[1] }}'
            {% endfor %}
        end as account,
        -amount_yuan as signed_yuan
    from {{ ref('int_fee_entries') }}

),

final as (

    select * from debits
    union all
    select * from credits

)

select
    entry_id || ':' || side as posting_id,
    entry_id,
    case_key,
    row_id,
    fee_unit_code,
    township_code,
    county_code,
    event_date,
    flow,
    side,
    cast(account as {{ dbt.type_string() }}) as account,
    cast(signed_yuan as decimal(14, 2)) as signed_yuan
from final
