-- A village-month is counted from its ledger or from its monthly report, never from both.
select
    division_code,
    report_month,
    event
from {{ ref('int_population_events') }}
group by division_code, report_month, event
having min(source_form) <> max(source_form)
