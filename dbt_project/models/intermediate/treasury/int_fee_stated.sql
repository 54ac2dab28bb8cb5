-- What others say came in of the fee, by unit and month: the finance department by the day it booked, the
-- statistical report as it states. A sheet of the finance department without a line of the fee says that
-- nothing did; one of which a row was refused says nothing.
with reporting as (

    select
        unit_code,
        division_code,
        form,
        period as month,
        quarantined
    from {{ ref('int_submissions_current') }}
    where form in ('L22', 'L23')

),

paths as (

    select
        division_code,
        ancestor_code,
        ancestor_level,
        row_number() over (
            partition by division_code, ancestor_level
            order by valid_to desc nulls last, ancestor_code asc nulls last
        ) as recency
    from {{ ref('int_division_paths') }}

),

located as (

    select
        reporting.unit_code,
        reporting.form,
        reporting.month,
        max(reporting.quarantined) as quarantined,
        max(case when paths.ancestor_level = 'township' then paths.ancestor_code end) as township_code,
        max(case when paths.ancestor_level = 'county' then paths.ancestor_code end) as county_code
    from reporting
    inner join paths on reporting.division_code = paths.division_code and paths.recency = 1
    group by reporting.unit_code, reporting.form, reporting.month

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
