-- Payments in force. A year that no cell names is that of the payment, or of the report. What is due and
-- not stated is the standard times the months, as long as these are no more than a year: a longer span is
-- that of the entitlement. People without a valid number cannot be told apart over months: the month with
-- most of them decides how many.
with ledger as (

    select
        ledger.*,
        offices.office_code,
        offices.township_code,
        offices.county_code,
        coalesce(
            ledger.benefit_year,
            cast(substr(coalesce({{ month_of('ledger.paid_date') }}, ledger.period), 1, 4) as integer)
        ) as payment_year,
        {{ month_count('ledger.to_month') }} - {{ month_count('ledger.from_month') }} + 1 as span_months,
        coalesce(unread.is_confirmation_unread, 0) as is_confirmation_unread,
        coalesce(unread.is_posting_unread, 0) as is_posting_unread,
        coalesce(unread.is_payment_unread, 0) as is_payment_unread
    from {{ ref('stg_l15') }} as ledger
    {{ in_force('ledger') }}
    inner join {{ ref('int_office_units') }} as offices on ledger.unit_code = offices.unit_code
    left join {{ ref('int_benefit_cells_unread') }} as unread on ledger.row_id = unread.row_id

),

numbered as (

    select
        ledger.*,
        row_number() over (
            partition by
                ledger.office_code,
                ledger.programme_code,
                ledger.payment_year,
                ledger.period,
                ledger.person_key
            order by ledger.row_id asc nulls last
        ) as place
    from ledger

),

reckoned as (

    select
        numbered.*,
        cast(case
            when numbered.span_months not between 1 and 12 then null
            when numbered.standard_yuan is not null then numbered.standard_yuan * numbered.span_months
            when numbered.span_months = 12 then numbered.standard_year_yuan
        end as decimal(14, 2)) as standard_due_yuan
    from numbered

)

select
    row_id,
    submission_id,
    office_code,
    township_code,
    county_code,
    period,
    programme_code as programme,
    payment_year as benefit_year,
    person_key,
    coalesce(person_key, office_code || '#' || {{ text('place') }}) as recipient,
    birth_month,
    from_month,
    to_month,
    standard_yuan,
    standard_due_yuan,
    coalesce(due_yuan, standard_due_yuan) as due_yuan,
    cast(case
        when paid_yuan is not null then paid_yuan
        when is_payment_unread = 0 then 0
    end as decimal(14, 2)) as paid_yuan,
    cast(coalesce(reclaimed_yuan, 0) as decimal(14, 2)) as reclaimed_yuan,
    due_date,
    paid_date,
    coalesce(paid_date, cast(period || '-01' as date)) as judged_on,
    case
        when confirmed_date is not null then 1
        when is_confirmation_unread = 0 then 0
    end as is_confirmed,
    confirmed_date,
    posted_from,
    posted_to,
    posting_result,
    is_posting_unread,
    account_is_own,
    application_date
from reckoned
