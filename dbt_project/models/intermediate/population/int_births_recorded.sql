-- Births counted from the rows of the births ledger, by month of report and month of birth.
with births_ledger as (

    select * from {{ ref('int_l02_current') }}
    where coalesce(birth_event_type, 'birth') <> 'adoption'

),

final as (

    select
        births_ledger.division_code,
        births_ledger.period as report_month,
        {{ month_of('births_ledger.birth_date') }} as event_month,
        'L02' as source_form,
        count(*) as births,
        sum(case when births_ledger.sex = 'male' then 1 else 0 end) as births_male,
        sum(case when births_ledger.sex = 'female' then 1 else 0 end) as births_female,
        sum(case when births_ledger.birth_date < months.year_start then 1 else 0 end)
            as births_prev_civil,
        sum(case when births_ledger.birth_date < months.fp_year_start then 1 else 0 end)
            as births_prev_fp_year
    from births_ledger
    inner join {{ ref('int_villages') }} as villages
        on births_ledger.unit_code = villages.division_code
    inner join {{ ref('calendar_months') }} as months on births_ledger.period = months.month
    group by
        births_ledger.division_code,
        births_ledger.period,
        {{ month_of('births_ledger.birth_date') }}

)

select * from final
