-- The office whose books the benefits and the funding of a unit belong to: a village's own sheet counts
-- for its township, because money is never shown below that level.
with located as (

    {{ places_of_units(['L15', 'L19']) }}

)

select
    unit_code,
    case when division_level = 'village' then township_code else unit_code end as office_code,
    township_code,
    county_code
from located
