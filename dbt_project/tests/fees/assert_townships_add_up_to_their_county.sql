-- A case belongs to one township, so every column adds up, cases and stocks included.
{% set columns = [
    'assessed', 'annulled', 'collected', 'surcharge', 'surcharge_refunded', 'waived', 'refunded',
    'written_off', 'terminated_2021', 'outstanding', 'refund_due', 'court_applied', 'court_recovered',
] %}

with levels as (

    select
        substr(division_code, 1, 6) as county,
        division_level,
        period_type,
        period_start,
        {% for column in columns %}
        sum({{ column }}_cases) as {{ column }}_cases,
        sum({{ column }}_yuan) as {{ column }}_yuan
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('mart_fee_collection') }}
    group by substr(division_code, 1, 6), division_level, period_type, period_start

)

select
    townships.county,
    townships.period_type,
    townships.period_start
from levels as townships
inner join levels as counties
    on
        townships.county = counties.county
        and townships.period_type = counties.period_type
        and townships.period_start = counties.period_start
        and townships.division_level = 'township'
        and counties.division_level = 'county'
where
{% for column in columns %}
    townships.{{ column }}_cases <> counties.{{ column }}_cases
    or townships.{{ column }}_yuan <> counties.{{ column }}_yuan
    {% if not loop.last %}or {% endif %}
{% endfor %}
