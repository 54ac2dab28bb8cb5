-- Villages add up to townships and the county; internal moves are taken off both sides there.
with villages as (

    select
        balance.*,
        cast(report.closing as bigint) as reported_closing
    from {{ ref('int_village_balance') }} as balance
    left join {{ ref('int_l16_current') }} as report
        on
            balance.basis = 'reported'
            and balance.division_code = report.unit_code
            and balance.month = report.period

),

summed as (

    select
        path.ancestor_code as division_code,
        path.ancestor_level as division_level,
        villages.basis,
        villages.month,
        villages.month_start,
        villages.month_end,
        cast(sum(villages.opening) as bigint) as opening,
        cast(sum(villages.births) as bigint) as births,
        cast(sum(villages.deaths) as bigint) as deaths,
        cast(sum(villages.moved_in) as bigint) as moved_in,
        cast(sum(villages.moved_out) as bigint) as moved_out,
        cast(sum(villages.adjustment) as bigint) as adjustment,
        cast(sum(villages.closing) as bigint) as closing,
        cast(sum(villages.reported_closing) as bigint) as reported_closing,
        count(*) as village_months,
        count(villages.reported_closing) as villages_reported
    from villages
    inner join {{ ref('int_division_paths') }} as path
        on
            villages.division_code = path.division_code
            and villages.month_start >= path.valid_from
            and villages.month_start < path.valid_to
    group by
        path.ancestor_code,
        path.ancestor_level,
        villages.basis,
        villages.month,
        villages.month_start,
        villages.month_end

),

final as (

    select
        summed.division_code,
        summed.division_level,
        summed.basis,
        summed.month,
        summed.month_start,
        summed.month_end,
        summed.opening,
        summed.births,
        summed.deaths,
        summed.moved_in - coalesce(internal.netted, 0) as moved_in,
        summed.moved_out - coalesce(internal.netted, 0) as moved_out,
        summed.adjustment,
        summed.closing,
        case
            when
                summed.villages_reported = summed.village_months
                and missing.reports_missing is null then summed.reported_closing
        end as reported_closing
    from summed
    left join {{ ref('int_internal_moves') }} as internal
        on
            summed.division_code = internal.division_code
            and summed.basis = internal.basis
            and summed.month = internal.month
    left join {{ ref('int_monthly_reports_missing') }} as missing
        on
            summed.division_code = missing.division_code
            and summed.month = missing.month

)

select * from final
