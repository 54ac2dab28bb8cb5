select
    {{ text('division_code') }} as division_code,
    {{ text('division_level') }} as division_level,
    {{ text("'month'") }} as period_type,
    cast(month_start as date) as period_start,
    cast(month_end as date) as period_end,
    {{ text('form') }} as form,
    {% for column in [
        'due', 'received', 'on_time', 'rows_seen', 'accepted', 'quarantined', 'duplicate', 'non_data',
        'fields_expected', 'fields_filled', 'ids_present', 'ids_valid',
    ] %}
    cast({{ column }} as bigint) as {{ column }}
    {%- if not loop.last %},{% endif %}
    {% endfor %}
from {{ ref('int_division_quality') }}
