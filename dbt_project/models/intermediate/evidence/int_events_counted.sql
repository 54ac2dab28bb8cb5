-- Births, deaths and moves counted from the registers in force, an empty register as none. A report may
-- tell apart the births that were found late.
{% set behind = [
    ('births', 'L02', "coalesce(birth_event_type, 'birth') <> 'adoption'"),
    ('deaths', 'L03', '1 = 1'),
    ('moved_in', 'L05', "direction = 'in'"),
    ('moved_out', 'L05', "direction = 'out'"),
] %}

with counted as (

    {% for figure, form, condition in behind %}
    select
        '{{ figure }}' as figure,
        submission_id,
        count(*) as counted,
        {% if figure == 'births' %}
        sum(case when birth_event_type = 'late_found' then 1 else 0 end) as found_late
        {% else %}
        0 as found_late
        {% endif %}
    from {{ ref('int_' ~ form.lower() ~ '_current') }}
    where {{ condition }}
    group by submission_id
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

registers as (

    {% for figure, form, condition in behind %}
    select
        submissions.submission_id,
        submissions.unit_code,
        submissions.period,
        '{{ figure }}' as figure
    from {{ ref('int_submissions_current') }} as submissions
    {% if form == 'L05' %}
    left join {{ ref('int_moves_untold') }} as untold
        on
            submissions.submission_id = untold.submission_id
            and untold.direction = '{{ figure[6:] }}'
    where submissions.form = 'L05' and untold.submission_id is null
    {% else %}
    where submissions.form = '{{ form }}'
    {% endif %}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    registers.submission_id,
    registers.unit_code,
    registers.period,
    registers.figure,
    coalesce(counted.counted, 0) as counted,
    coalesce(counted.found_late, 0) as found_late
from registers
left join counted
    on
        registers.submission_id = counted.submission_id
        and registers.figure = counted.figure
