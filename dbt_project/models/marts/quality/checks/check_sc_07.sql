-- Object: a row that tells a birth of an earlier year of either calendar, whose twelve months are all known.
-- It fails if it came later than births lawfully do, and the unit brought more of that year's births to light
-- in that way than the limit allows: the part of births_rep - births_occ that no ordinary delay explains.
with limits as (

    select
        max(case when limit_id = 'late_share' then limit_value end) as late_share,
        max(case when limit_id = 'lawful_months' then limit_value end) as lawful_months
    from {{ ref('check_limits') }}
    where check_id = 'SC-07'

),

births as (

    select
        ledger.unit_code,
        ledger.period,
        ledger.row_id,
        ledger.submission_id,
        told.year as told_year,
        told.fp_year as told_fp_year,
        born.year,
        born.fp_year,
        case when told.month_no - born.month_no > limits.lawful_months then 1 else 0 end as is_late
    from {{ ref('int_l02_current') }} as ledger
    inner join {{ ref('calendar_months') }} as told on ledger.period = told.month
    inner join {{ ref('calendar_months') }} as born on {{ month_of('ledger.birth_date') }} = born.month
    cross join limits
    where coalesce(ledger.birth_event_type, 'birth') <> 'adoption'

),

{% for year in ['year', 'fp_year'] %}
closed_{{ year }}s as (

    select {{ year }}
    from {{ ref('int_months_known') }}
    group by {{ year }}
    having count(*) = 12

),

told_by_{{ year }} as (

    select
        births.*,
        case when births.told_{{ year }} > births.{{ year }} then 1 else 0 end as is_told_after,
        sum(case when births.told_{{ year }} > births.{{ year }} then births.is_late else 0 end) over (
            partition by births.unit_code, births.{{ year }}
        ) as late,
        count(*) over (partition by births.unit_code, births.{{ year }}) as births_of_year
    from births
    inner join closed_{{ year }}s as closed on births.{{ year }} = closed.{{ year }}

),

{% endfor %}
told as (

    select * from told_by_year
    where is_told_after = 1
    union all
    select * from told_by_fp_year
    where is_told_after = 1

),

final as (

    select
        told.unit_code,
        'L02' as form,
        told.period,
        told.row_id,
        told.submission_id,
        cast(null as {{ dbt.type_string() }}) as against_submission_id,
        'birth_date' as column_name,
        1 as tested,
        max(case when told.late > limits.late_share * told.births_of_year then told.is_late else 0 end)
            as failed,
        0 as yuan
    from told
    cross join limits
    group by told.unit_code, told.period, told.row_id, told.submission_id

)

{{ check_result('final') }}
