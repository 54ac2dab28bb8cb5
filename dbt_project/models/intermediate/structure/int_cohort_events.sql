-- What each event does to the persons of one sex and month of birth in a village. Where only a monthly report
-- speaks, nobody knows whose event it was.
{% set sexes = [
    ('male', 'births_male'),
    ('female', 'births_female'),
    ('unknown', 'births - births_male - births_female'),
] %}
with united as (

    select
        division_code,
        report_month,
        event_month,
        sex,
        birth_month,
        case when event in ('deaths', 'moved_out') then -persons else persons end as change
    from {{ ref('int_events_recorded') }}
    union all
    select
        division_code,
        report_month,
        event_month,
        'unknown' as sex,
        {{ text('null') }} as birth_month,
        case when event in ('deaths', 'moved_out') then -persons else persons end as change
    from {{ ref('int_events_reported') }}
    {% for sex, births in sexes %}
    union all
    select
        division_code,
        report_month,
        event_month,
        '{{ sex }}' as sex,
        event_month as birth_month,
        {{ births }} as change
    from {{ ref('int_births') }}
    {% endfor %}
)

select
    division_code,
    report_month,
    event_month,
    coalesce(sex, 'unknown') as sex,
    birth_month,
    cast(sum(change) as bigint) as change
from united
group by division_code, report_month, event_month, coalesce(sex, 'unknown'), birth_month
