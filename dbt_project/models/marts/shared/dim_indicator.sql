select
    {{ text('indicator_code') }} as indicator_code,
    {{ text('name_zh') }} as name_zh,
    {{ text('name_en') }} as name_en,
    {{ text('numerator_measure') }} as numerator_measure,
    {{ text('denominator_measure') }} as denominator_measure,
    cast(scale as integer) as scale,
    {{ text('unit') }} as unit,
    {{ text('pop_concept') }} as pop_concept,
    {{ text('method') }} as method,
    {{ text('small_number_rule') }} as small_number_rule,
    cast(is_annualised as boolean) as is_annualised,
    {{ text('additivity') }} as additivity,
    {{ text('definition_version') }} as definition_version,
    {{ text('definition_zh') }} as definition_zh,
    {{ text('definition_en') }} as definition_en
from {{ ref('indicators') }}
