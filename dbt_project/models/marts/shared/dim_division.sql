select
    {{ text('division_code') }} as division_code,
    {{ text('division_level') }} as division_level,
    {{ text('name_zh') }} as name_zh,
    {{ text('name_en') }} as name_en,
    {{ text('parent_code') }} as parent_code,
    {{ text('county_code') }} as county_code,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(is_assumed_before as boolean) as is_assumed_before
from {{ ref('int_divisions_dated') }}
