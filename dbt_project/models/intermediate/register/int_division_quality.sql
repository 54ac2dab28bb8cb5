-- Units add up to the divisions they belong to, themselves included.
select
    path.ancestor_code as division_code,
    path.ancestor_level as division_level,
    quality.form,
    quality.month,
    quality.month_start,
    quality.month_end,
{% for column in ['due', 'received', 'on_time', 'rows_seen', 'accepted', 'quarantined', 'duplicate',
                  'non_data', 'fields_expected', 'fields_filled', 'ids_present', 'ids_valid'] %}
    cast(sum(quality.{{ column }}) as bigint) as {{ column }}
    {%- if not loop.last %},{% endif %}
    {% endfor %}
from {{ ref('int_ledger_quality') }} as quality
inner join {{ ref('int_division_paths') }} as path
    on
        quality.division_code = path.division_code
        and quality.month_start >= path.valid_from
        and quality.month_start < path.valid_to
group by
    path.ancestor_code,
    path.ancestor_level,
    quality.form,
    quality.month,
    quality.month_start,
    quality.month_end
