-- The middle amount of every money column of a sheet: it shows in which unit the clerk wrote, and a single
-- odd amount does not move it.
{% set columns = {
    'l10': ['funds_yuan'],
    'l11': [
        'base_income_yuan', 'amount_yuan', 'court_recovered_yuan', 'waived_yuan', 'written_off_yuan',
    ],
    'l12': ['amount_yuan', 'surcharge_yuan'],
} %}

with amounts as (

    {% for form, names in columns.items() %}
    {% set last_form = loop.last %}
    {% for name in names %}
    select
        row_id,
        submission_id,
        batch_id,
        '{{ name }}' as column_name,
        {{ name }} as amount_yuan
    from {{ ref('stg_' ~ form) }}
    where {{ name }} > 0
    {% if not (loop.last and last_form) %}union all{% endif %}
    {% endfor %}
    {% endfor %}
),

placed as (

    select
        submissions.unit_code,
        submissions.form,
        submissions.period,
        submissions.submission_id,
        amounts.column_name,
        amounts.amount_yuan,
        row_number() over (
            partition by submissions.submission_id, amounts.column_name
            order by amounts.amount_yuan asc nulls last, amounts.row_id asc nulls last
        ) as place,
        count(*) over (partition by submissions.submission_id, amounts.column_name) as amounts
    from amounts
    {{ in_force('amounts') }}

)

select
    unit_code,
    form,
    period,
    submission_id,
    column_name,
    amounts,
    cast(amount_yuan as decimal(14, 2)) as median_yuan
from placed
where 2 * place in (amounts, amounts + 1)
