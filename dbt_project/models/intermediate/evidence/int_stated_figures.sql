-- Every figure that a ledger states about rows which we can count ourselves: total rows, and the monthly
-- report against the births, deaths and moves behind it. A figure without countable rows is left out.
{% set behind = [
    ('births', 'L02', "coalesce(birth_event_type, 'birth') <> 'adoption'"),
    ('deaths', 'L03', '1 = 1'),
    ('moved_in', 'L05', "direction = 'in'"),
    ('moved_out', 'L05', "direction = 'out'"),
] %}

with current_submissions as (

    select * from {{ ref('int_submissions_current') }}

),

total_rows as (

    select
        current_submissions.unit_code,
        current_submissions.form,
        current_submissions.period,
        stated.column_name,
        stated.row_id,
        current_submissions.submission_id,
        current_submissions.submission_id as counted_submission_id,
        stated.stated,
        counted.counted
    from {{ ref('stg_control_totals') }} as stated
    inner join current_submissions
        on
            stated.submission_id = current_submissions.submission_id
            and stated.batch_id = current_submissions.batch_id
    inner join {{ ref('int_column_totals') }} as counted
        on
            stated.submission_id = counted.submission_id
            and stated.batch_id = counted.batch_id
            and stated.column_name = counted.column_name
    where stated.stated is not null

),

{% for figure, form, condition in behind %}
{{ figure }}_counted as (

    select
        submission_id,
        count(*) as counted
    from {{ ref('int_' ~ form.lower() ~ '_current') }}
    where {{ condition }}
    group by submission_id

),

{{ figure }}_reported as (

    select
        report.unit_code,
        'L16' as form,
        report.period,
        '{{ figure }}' as column_name,
        report.row_id,
        report.submission_id,
        ledger.submission_id as counted_submission_id,
        cast(report.{{ figure }} as decimal(18, 2)) as stated,
        cast(coalesce(counted.counted, 0) as decimal(18, 2)) as counted
    from {{ ref('int_l16_current') }} as report
    inner join current_submissions as ledger
        on
            report.unit_code = ledger.unit_code
            and report.period = ledger.period
            and ledger.form = '{{ form }}'
    left join {{ figure }}_counted as counted on ledger.submission_id = counted.submission_id
    where report.{{ figure }} is not null

),

{% endfor %}
final as (

    select * from total_rows
    {% for figure, form, condition in behind %}
    union all
    select * from {{ figure }}_reported
    {% endfor %}
)

select * from final
