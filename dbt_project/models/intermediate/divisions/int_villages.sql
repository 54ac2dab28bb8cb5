select distinct division_code
from {{ ref('int_divisions_dated') }}
where division_level = 'village'
