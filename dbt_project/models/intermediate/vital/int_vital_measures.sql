-- Of three years together the births stand here too; of a year they are measured with the population. Births
-- by age of mother stay without a value where too many ages were not told.
with limits as (

    select max(limit_value) as unknown_share
    from {{ ref('structure_limits') }}
    where limit_id = 'mother_age_unknown_max_share'

),

classified as (

    select
        classified.*,
        case
            when classified.births_mother_known >= (1 - limits.unknown_share) * classified.births_occ then 1
        end as is_told
    from {{ ref('int_vital_class_periods') }} as classified
    cross join limits

)

{% for count in [
    'births_order_1', 'births_order_1_male', 'births_order_1_female',
    'births_order_2', 'births_order_2_male', 'births_order_2_female',
    'births_order_3p', 'births_order_3p_male', 'births_order_3p_female', 'births_order_known',
    'births_mother_15_19', 'births_mother_20_24', 'births_mother_25_29', 'births_mother_30_34',
    'births_mother_35_39', 'births_mother_40_44', 'births_mother_45_49', 'births_mother_known',
    'infant_deaths', 'marriages', 'first_marriages_f', 'first_marriages_m', 'births_occ',
] %}
select
    '{{ count }}' as measure,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    'hukou' as pop_concept,
    cast({{ count }}{{ ' * is_told' if count.startswith('births_mother') }} as decimal(18, 2)) as value
from classified
where {{ "period_type = 'multi'" if count == 'births_occ' else count ~ ' is not null' }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
