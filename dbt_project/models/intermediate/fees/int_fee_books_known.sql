-- Months for which all that an office keeps of receipts (L12) or slips (L14) came in and no row of it was
-- refused: only there does a sum say that money is missing. A village's own sheets count for its township.
with books as (

    select
        coalesce(units.fee_unit_code, submissions.unit_code) as fee_unit_code,
        submissions.unit_code,
        submissions.form,
        submissions.period as month,
        submissions.submission_id,
        submissions.quarantined
    from {{ ref('int_submissions_current') }} as submissions
    left join {{ ref('int_fee_units') }} as units on submissions.unit_code = units.unit_code
    where submissions.form in ('L12', 'L14')

),

keepers as (

    select
        fee_unit_code,
        form,
        count(distinct unit_code) as units
    from books
    group by fee_unit_code, form

),

months as (

    select
        fee_unit_code,
        form,
        month,
        count(distinct unit_code) as units,
        min(submission_id) as submission_id
    from books
    where quarantined = 0
    group by fee_unit_code, form, month

)

select
    months.fee_unit_code,
    months.form,
    months.month,
    calendar.month_no,
    calendar.month_end,
    months.submission_id
from months
inner join keepers
    on
        months.fee_unit_code = keepers.fee_unit_code
        and months.form = keepers.form
        and months.units = keepers.units
inner join {{ ref('calendar_months') }} as calendar on months.month = calendar.month
