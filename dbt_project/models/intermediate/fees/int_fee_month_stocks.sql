-- Stocks at each month's end. What happened before the first month of the release is its opening.
with months as (

    select
        month,
        month_end
    from {{ ref('int_months_known') }}

),

bounds as (

    select min(month) as first_month
    from months

),

divisions as (

    {% for level in ['township', 'county'] %}
    select distinct
        {{ level }}_code as division_code,
        {{ text("'" ~ level ~ "'") }} as division_level
    from {{ ref('int_fee_units') }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

spine as (

    select
        divisions.division_code,
        divisions.division_level,
        months.month,
        months.month_end
    from divisions
    cross join months

),

changes as (

    select
        balances.township_code,
        balances.county_code,
        greatest({{ month_of('balances.event_date') }}, bounds.first_month) as month,
        balances.outstanding_change_cases,
        balances.outstanding_change_yuan,
        balances.refund_due_change_cases,
        balances.refund_due_change_yuan
    from {{ ref('int_fee_case_balances') }} as balances
    cross join bounds

),

summed as (

    {% for level in ['township', 'county'] %}
    select
        {{ level }}_code as division_code,
        month,
        sum(outstanding_change_cases) as outstanding_cases,
        sum(outstanding_change_yuan) as outstanding_yuan,
        sum(refund_due_change_cases) as refund_due_cases,
        sum(refund_due_change_yuan) as refund_due_yuan
    from changes
    group by {{ level }}_code, month
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

final as (

    select
        spine.division_code,
        spine.division_level,
        spine.month,
        spine.month_end,
        {% for stock, type in [
            ('outstanding_cases', 'bigint'), ('outstanding_yuan', 'decimal(18, 2)'),
            ('refund_due_cases', 'bigint'), ('refund_due_yuan', 'decimal(18, 2)'),
        ] %}
        cast(sum(coalesce(summed.{{ stock }}, 0)) over (
            partition by spine.division_code
            order by spine.month asc nulls last
            rows between unbounded preceding and current row
        ) as {{ type }}) as {{ stock }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from spine
    left join summed
        on
            spine.division_code = summed.division_code
            and spine.month = summed.month

)

select * from final
