-- Deaths and moves of the monthly report, where no ledger of them came, or one of moves that tells the other
-- direction alone.
with reports as (

    {% for event, form in [('deaths', 'L03'), ('moved_in', 'L05'), ('moved_out', 'L05')] %}
    select
        unit_code,
        period,
        '{{ event }}' as event,
        '{{ form }}' as ledger_form,
        '{{ event[6:] }}' as direction,
        coalesce({{ event }}, 0) as persons
    from {{ ref('int_l16_current') }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    villages.division_code,
    reports.period as report_month,
    reports.period as event_month,
    reports.event,
    'L16' as source_form,
    reports.persons
from reports
inner join {{ ref('int_villages') }} as villages
    on reports.unit_code = villages.division_code
left join {{ ref('int_submissions_current') }} as ledger_submission
    on
        reports.unit_code = ledger_submission.unit_code
        and reports.period = ledger_submission.period
        and reports.ledger_form = ledger_submission.form
left join {{ ref('int_moves_untold') }} as untold
    on
        ledger_submission.submission_id = untold.submission_id
        and reports.direction = untold.direction
where ledger_submission.submission_id is null or untold.submission_id is not null
