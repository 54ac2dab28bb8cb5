select
    {{ text('predecessor_code') }} as predecessor_code,
    {{ text('successor_code') }} as successor_code,
    {{ text('kind') }} as kind,
    cast(effective_date as date) as effective_date,
    cast(share as decimal(9, 6)) as share,
    cast(is_whole as boolean) as is_whole
from {{ ref('int_division_changes') }}
