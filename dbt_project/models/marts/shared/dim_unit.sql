-- Every unit that reported or is listed as due; a department of a division is a unit of its own.
with units as (

    select unit_code from {{ ref('int_submissions_current') }}
    union distinct
    select unit_code from {{ ref('stg_reporting_units') }}
    union distinct
    select division_code as unit_code from {{ ref('int_divisions_dated') }}

),

final as (

    select distinct
        {{ text('units.unit_code') }} as unit_code,
        {{ text('divisions.division_code') }} as division_code,
        {{ text('divisions.division_level') }} as division_level,
        {{ text('case when length(units.unit_code) > 12 then substr(units.unit_code, 14) end') }}
            as department
    from units
    inner join {{ ref('int_divisions_dated') }} as divisions
        on substr(units.unit_code, 1, 12) = divisions.division_code

)

select * from final
