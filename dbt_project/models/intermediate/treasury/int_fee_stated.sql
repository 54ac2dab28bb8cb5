-- What others say came in of the fee, by unit and month: the finance department by the day it booked, the
-- statistical report as it states. A sheet of the finance department without a line of the fee says that
-- nothing did; one of which a row was refused says nothing.
with places as (

    {{ places_of_units(['L22', 'L23']) }}

),

located as (

    select
        sheets.unit_code,
        sheets.form,
        sheets.period as month,
        max(sheets.quarantined) as quarantined,
        places.township_code,
        places.county_code
    from {{ ref('int_submissions_current') }} as sheets
    inner join places on sheets.unit_code = places.unit_code
    where sheets.form in ('L22', 'L23')
    group by sheets.unit_code, sheets.form, sheets.period, places.township_code, places.county_code

),

amounts as (

    select
        booked.unit_code,
        'L22' as form,
        {{ month_of('booked.booked_date') }} as month,
        case
            when booked.subject_code = 'refund' then -abs(booked.amount_yuan)
            else booked.amount_yuan
        end as yuan
    from {{ ref('stg_l22') }} as booked
    {{ in_force('booked') }}
    where booked.subject_code in ('fee', 'surcharge', 'refund')
    union all
    select
        reports.unit_code,
        'L23' as form,
        reports.period as month,
        reports.collected_yuan + coalesce(reports.surcharge_yuan, 0)
        - coalesce(reports.refunded_yuan, 0) as yuan
    from {{ ref('stg_l23') }} as reports
    {{ in_force('reports') }}

)

select
    located.unit_code,
    located.township_code,
    located.county_code,
    located.form,
    located.month,
    case when located.form = 'L22' then 'finance' else 'report' end as source,
    case
        when located.quarantined = 0 and (located.form = 'L22' or count(amounts.yuan) > 0)
            then cast(coalesce(sum(amounts.yuan), 0) as decimal(14, 2))
    end as stated_yuan
from located
left join amounts
    on
        located.unit_code = amounts.unit_code
        and located.form = amounts.form
        and located.month = amounts.month
group by
    located.unit_code,
    located.township_code,
    located.county_code,
    located.form,
    located.month,
    located.quarantined
