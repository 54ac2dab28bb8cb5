-- Vital events of every division by month. Marriages stay with the village: a couple of two villages of
-- one township would count twice there until both parties' divisions are read.
select
    path.ancestor_code as division_code,
    path.ancestor_level as division_level,
    villages.month,
    villages.month_start,
    villages.month_end,
    cast(sum(villages.births_occ) as bigint) as births_occ,
    cast(sum(villages.births_male) as bigint) as births_male,
    cast(sum(villages.births_female) as bigint) as births_female,
    cast(sum(villages.births_rep) as bigint) as births_rep,
    cast(sum(villages.births_prev_civil) as bigint) as births_prev_civil,
    cast(sum(villages.births_prev_fp_year) as bigint) as births_prev_fp_year,
    cast(sum(villages.deaths) as bigint) as deaths,
    cast(
        sum(case when path.ancestor_level = 'village' then villages.marriages end) as bigint
    ) as marriages,
    cast(sum(villages.opening) as bigint) as opening,
    cast(sum(villages.closing) as bigint) as closing,
    cast(sum(villages.person_days_x2) as bigint) as person_days_x2
from {{ ref('int_village_vital_events') }} as villages
inner join {{ ref('int_division_paths') }} as path
    on
        villages.division_code = path.division_code
        and villages.month_start >= path.valid_from
        and villages.month_start < path.valid_to
group by
    path.ancestor_code,
    path.ancestor_level,
    villages.month,
    villages.month_start,
    villages.month_end
