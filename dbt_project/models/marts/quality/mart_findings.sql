-- A check has a status for every unit that keeps its ledgers and every month: it ran, its rule was not
-- in force, or there was nothing to test. Findings are facts to publish; none of them blocks a release.
with results as (

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

judged as (

    select
        subjects.*,
        results.tested,
        results.failed,
        results.yuan,
        case
            when results.tested > 0 then 'ran'
            when subjects.is_in_force = 0 then 'out_of_regime'
            else 'no_data'
        end as status
    from {{ ref('int_check_months') }} as subjects
    left join results
        on
            subjects.check_id = results.check_id
            and subjects.unit_code = results.unit_code
            and subjects.month = results.period

),

final as (

    select
        {{ text('division_code') }} as division_code,
        {{ text('division_level') }} as division_level,
        {{ text("'month'") }} as period_type,
        cast(month_start as date) as period_start,
        cast(month_end as date) as period_end,
        {{ text('check_id') }} as check_id,
        {{ text('unit_code') }} as unit_code,
        {{ text('month') }} as period,
        {{ text('severity') }} as severity,
        {{ text('status') }} as status,
        cast(case when status = 'ran' then tested end as bigint) as tested,
        cast(case when status = 'ran' then failed end as bigint) as failed,
        cast(case when status = 'ran' then yuan end as decimal(14, 2)) as yuan
    from judged

)

select * from final
