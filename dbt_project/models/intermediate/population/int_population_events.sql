-- Every event counted once: by village, kind, month of report and month of the event.
with deaths_ledger as (

    select
        unit_code,
        period as report_month,
        {{ month_of('death_date') }} as event_month,
        'deaths' as event,
        'L03' as source_form
    from {{ ref('int_l03_current') }}

),

moves_ledger as (

    select
        unit_code,
        period as report_month,
        {{ month_of('move_date') }} as event_month,
        case direction when 'in' then 'moved_in' else 'moved_out' end as event,
        'L05' as source_form
    from {{ ref('int_l05_current') }}

),

-- An adopted child joins the population without being born or moving: an adjustment.
adoptions_ledger as (

    select
        unit_code,
        period as report_month,
        period as event_month,
        'adjustment' as event,
        'L02' as source_form
    from {{ ref('int_l02_current') }}
    where birth_event_type = 'adoption'

),

ledger_rows as (

    select * from deaths_ledger
    union all
    select * from moves_ledger
    union all
    select * from adoptions_ledger

),

from_ledgers as (

    select
        villages.division_code,
        ledger_rows.report_month,
        ledger_rows.event_month,
        ledger_rows.event,
        ledger_rows.source_form,
        count(*) as persons
    from ledger_rows
    inner join {{ ref('int_villages') }} as villages
        on ledger_rows.unit_code = villages.division_code
    group by
        villages.division_code,
        ledger_rows.report_month,
        ledger_rows.event_month,
        ledger_rows.event,
        ledger_rows.source_form

),

reports as (

    {% for event, form in [('deaths', 'L03'), ('moved_in', 'L05'), ('moved_out', 'L05')] %}
        select
            unit_code,
            period,
            '{{ event }}' as event,
            '{{ form }}' as ledger_form,
            coalesce({{ event }}, 0) as persons
        from {{ ref('int_l16_current') }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

from_reports as (

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
    where ledger_submission.submission_id is null

),

births as (

    select
        division_code,
        report_month,
        event_month,
        'births' as event,
        source_form,
        births as persons
    from {{ ref('int_births') }}

),

united as (

    select * from from_ledgers
    union all
    select * from from_reports
    union all
    select * from births

),

final as (

    select
        division_code,
        report_month,
        event_month,
        event,
        source_form,
        cast(sum(persons) as bigint) as persons
    from united
    group by division_code, report_month, event_month, event, source_form

)

select * from final
