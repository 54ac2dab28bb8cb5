-- Monthly reports (L16) that a division's villages owe and have not sent.
select
    path.ancestor_code as division_code,
    due.month,
    count(*) as reports_missing
from {{ ref('int_reports_due') }} as due
inner join {{ ref('int_division_paths') }} as path
    on
        due.unit_code = path.division_code
        and due.month_start >= path.valid_from
        and due.month_start < path.valid_to
where
    due.form = 'L16'
    and due.is_due = 1
    and due.is_received = 0
group by path.ancestor_code, due.month
