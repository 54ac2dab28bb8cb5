-- Every month of every unit that keeps the ledgers a check looks at, and whether its rule is in force.
-- Receipts (L12) are judged at the office that keeps their case (L11), whoever wrote them; a village's
-- benefits and funding at the office of its township.
with units as (

    select distinct
        coalesce(fee_units.fee_unit_code, offices.office_code, submissions.unit_code) as unit_code,
        submissions.form
    from {{ ref('int_submissions_current') }} as submissions
    left join {{ ref('int_fee_units') }} as fee_units
        on
            submissions.unit_code = fee_units.unit_code
            and submissions.form in ('L10', 'L11', 'L12')
    left join {{ ref('int_office_units') }} as offices
        on
            submissions.unit_code = offices.unit_code
            and submissions.form in ('L15', 'L19')

),

subjects as (

    select distinct
        registry.check_id,
        registry.severity,
        registry.valid_from,
        registry.valid_to,
        units.unit_code
    from {{ ref('check_registry') }} as registry
    inner join units
        on
            (' ' || registry.forms || ' ') like ('% ' || units.form || ' %')
            or (units.form = 'L11' and (' ' || registry.forms || ' ') like '% L12 %')

),

levels as (

    select
        division_code,
        min(division_level) as division_level
    from {{ ref('int_division_paths') }}
    group by division_code

)

select
    subjects.check_id,
    subjects.severity,
    subjects.unit_code,
    levels.division_code,
    levels.division_level,
    months.month,
    months.month_start,
    months.month_end,
    case
        when
            months.month_start < subjects.valid_to
            and months.month_end > subjects.valid_from then 1
        else 0
    end as is_in_force
from subjects
inner join levels on substr(subjects.unit_code, 1, 12) = levels.division_code
cross join {{ ref('int_months_known') }} as months
