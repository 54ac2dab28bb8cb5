-- A check has a status for every unit that keeps its ledgers and every month: it ran, its rule was not
-- in force, or there was nothing to test. Findings are facts to publish; none of them blocks a release.
with registry as (

    select * from {{ ref('check_registry') }}

),

units as (

    select distinct
        coalesce(fee_units.fee_unit_code, submissions.unit_code) as unit_code,
        submissions.form
    from {{ ref('int_submissions_current') }} as submissions
    left join {{ ref('int_fee_units') }} as fee_units
        on
            submissions.unit_code = fee_units.unit_code
            and submissions.form in ('L10', 'L11', 'L12')

),

subjects as (

    select distinct
        registry.check_id,
        registry.severity,
        registry.valid_from,
        registry.valid_to,
        units.unit_code
    from registry
    inner join units
        on concat(' ', registry.forms, ' ') like concat('% ', units.form, ' %')

),

spine as (

    select
        subjects.*,
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
    cross join {{ ref('int_months_known') }} as months

),

results as (

    select
        check_id,
        unit_code,
        period,
        sum(tested) as tested,
        sum(failed) as failed,
        sum(yuan) as yuan
    from {{ ref('checks_tested') }}
    group by check_id, unit_code, period

),

levels as (

    select
        division_code,
        min(division_level) as division_level
    from {{ ref('int_division_paths') }}
    group by division_code

),

judged as (

    select
        spine.*,
        levels.division_code,
        levels.division_level,
        results.tested,
        results.failed,
        results.yuan,
        case
            when spine.is_in_force = 0 then 'out_of_regime'
            when results.tested > 0 then 'ran'
            else 'no_data'
        end as status
    from spine
    inner join levels on substr(spine.unit_code, 1, 12) = levels.division_code
    left join results
        on
            spine.check_id = results.check_id
            and spine.unit_code = results.unit_code
            and spine.month = results.period

),

final as (

    select
        cast(division_code as {{ dbt.type_string() }}) as division_code,
        cast(division_level as {{ dbt.type_string() }}) as division_level,
        cast('month' as {{ dbt.type_string() }}) as period_type,
        cast(month_start as date) as period_start,
        cast(month_end as date) as period_end,
        cast(check_id as {{ dbt.type_string() }}) as check_id,
        cast(unit_code as {{ dbt.type_string() }}) as unit_code,
        cast(month as {{ dbt.type_string() }}) as period,
        cast(severity as {{ dbt.type_string() }}) as severity,
        cast(status as {{ dbt.type_string() }}) as status,
        cast(case when status = 'ran' then tested end as bigint) as tested,
        cast(case when status = 'ran' then failed end as bigint) as failed,
        cast(case when status = 'ran' then yuan end as decimal(14, 2)) as yuan
    from judged

)

select * from final
