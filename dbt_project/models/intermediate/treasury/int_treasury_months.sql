-- One row an office and month that is due. What was handed over is known only where both books are whole.
{% set received = ['collected', 'surcharge', 'refunded', 'surcharge_refunded'] %}
with offices as (

    select distinct
        units.fee_unit_code,
        units.township_code,
        units.county_code,
        due.month,
        due.month_start,
        due.month_end
    from {{ ref('int_reports_due') }} as due
    inner join {{ ref('int_fee_units') }} as units on due.unit_code = units.unit_code
    where due.form in ('L12', 'L14')

),

receipts as (

    select
        fee_unit_code,
        {{ month_of('payment_date') }} as month,
        {% for flow in received %}
        sum({{ flow }}_yuan) as {{ flow }}_yuan
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_fee_receipts') }}
    group by fee_unit_code, {{ month_of('payment_date') }}

),

remitted as (

    select
        fee_unit_code,
        month,
        sum(remitted_yuan) as remitted_yuan,
        sum(remitted_yuan * is_owed_before) as owed_before_yuan,
        sum(remitted_yuan * is_in_grace * (1 - is_owed_before)) as in_grace_yuan
    from {{ ref('int_treasury_slips') }}
    group by fee_unit_code, month

),

remitted_for as (

    select
        fee_unit_code,
        for_month as month,
        sum(remitted_yuan) as remitted_for_yuan
    from {{ ref('int_treasury_slips') }}
    group by fee_unit_code, for_month

),

returned as (

    select
        fee_unit_code,
        {{ month_of('returned_date') }} as month,
        sum(returned_yuan) as returned_yuan
    from {{ ref('int_l14_current') }}
    where returned_reason in ('proportional', 'earmarked')
    group by fee_unit_code, {{ month_of('returned_date') }}

)

select
    offices.fee_unit_code,
    offices.township_code,
    offices.county_code,
    offices.month,
    offices.month_start,
    offices.month_end,
    books.submission_id,
    books.first_month,
    books.next_month,
    case when receipts.month is null then 0 else 1 end as has_receipts,
    {% for flow in received %}
    cast(coalesce(receipts.{{ flow }}_yuan, 0) as decimal(14, 2)) as {{ flow }}_yuan,
    {% endfor %}
    {% for column, relation in [
        ('remitted', 'remitted'), ('owed_before', 'remitted'), ('in_grace', 'remitted'),
        ('remitted_for', 'remitted_for'), ('returned', 'returned'),
    ] %}
    case
        when books.month is not null
            then cast(coalesce({{ relation }}.{{ column }}_yuan, 0) as decimal(14, 2))
    end as {{ column }}_yuan
    {%- if not loop.last %},{% endif %}
    {% endfor %}
from offices
left join {{ ref('int_treasury_books') }} as books
    on offices.fee_unit_code = books.fee_unit_code and offices.month = books.month
{% for relation in ['receipts', 'remitted', 'remitted_for', 'returned'] %}
left join {{ relation }}
    on offices.fee_unit_code = {{ relation }}.fee_unit_code and offices.month = {{ relation }}.month
{% endfor %}
