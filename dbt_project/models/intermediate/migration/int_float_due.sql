-- Registers of the floating population that came or were due for the last month of a quarter, under every
-- township and county of the village.
select
    path.ancestor_code as division_code,
    path.ancestor_level as division_level,
    due.month,
    due.month_end,
    due.unit_code as village_code,
    due.is_received
from {{ ref('int_reports_due') }} as due
inner join {{ ref('int_period_months') }} as period_months
    on
        due.month = period_months.month
        and period_months.period_type = 'quarter'
        and period_months.month_end = period_months.period_end
inner join {{ ref('int_division_paths') }} as path
    on
        due.unit_code = path.division_code
        and due.month_start >= path.valid_from
        and due.month_start < path.valid_to
        and path.division_level = 'village'
        and path.ancestor_level <> 'village'
where due.form = 'L06'
