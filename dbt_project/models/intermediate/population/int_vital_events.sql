-- Vital events of every division by month. Where a village's stock is not known the division's is not
-- either: all its births would be divided by some of its people. Marriages do not add up (ruling R-05).
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
    max(couples.marriages) as marriages,
    cast(
        case when count(villages.opening) = count(*) then sum(villages.opening) end as bigint
    ) as opening,
    cast(
        case when count(villages.closing) = count(*) then sum(villages.closing) end as bigint
    ) as closing,
    cast(
        case when count(villages.person_days_x2) = count(*) then sum(villages.person_days_x2) end as bigint
    ) as person_days_x2
from {{ ref('int_village_vital_events') }} as villages
inner join {{ ref('int_division_paths') }} as path
    on
        villages.division_code = path.division_code
        and villages.month_start >= path.valid_from
        and villages.month_start < path.valid_to
left join {{ ref('int_marriages') }} as couples
    on
        path.ancestor_code = couples.division_code
        and villages.month = couples.month
group by
    path.ancestor_code,
    path.ancestor_level,
    villages.month,
    villages.month_start,
    villages.month_end
