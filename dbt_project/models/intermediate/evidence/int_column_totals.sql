-- The sum of every column that a total row may state, over the rows that were read from the sheet;
-- a void receipt moved no money and is left out of a total.
{% set columns = {
    'l07': [
        'households', 'population', 'population_male', 'population_female', 'resident_population', 'women_15_49',
        'women_15_49_married', 'births', 'births_male', 'births_female', 'deaths',
    ],
    'l10': ['couples', 'persons', 'contacts', 'annual_target', 'funds_yuan'],
    'l11': ['party_count', 'amount_yuan', 'court_recovered_yuan', 'waived_yuan', 'written_off_yuan'],
    'l12': ['amount_yuan', 'surcharge_yuan'],
    'l16': [
        'opening', 'closing', 'births', 'births_male', 'births_female', 'births_order_1',
        'births_order_2', 'births_order_3', 'births_prev_unreported', 'deaths', 'moved_in',
        'moved_out', 'float_in', 'float_out', 'marriages',
    ],
} %}

with totals as (

    {% for form, names in columns.items() %}
    {% set last_form = loop.last %}
    {% for name in names %}
    select
        submission_id,
        batch_id,
        '{{ name }}' as column_name,
        cast(sum({{ name }}) as decimal(18, 2)) as counted
    from {{ ref('stg_' ~ form) }}
    {% if form == 'l12' %}where coalesce(mark_code, 'normal') <> 'void'{% endif %}
    group by submission_id, batch_id
    {% if not (loop.last and last_form) %}union all{% endif %}
    {% endfor %}
    {% endfor %}
)

select * from totals
where counted is not null
