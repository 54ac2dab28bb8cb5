with cells as (

    select * from {{ ref('int_indicator_statuses') }}

),

valued as (

    select
        cells.*,
        case
            when cells.method in ('standardised_sum', 'standardised_mean', 'balanced_share') then cells.point
            when cells.denominator_measure is null then cast(cells.numerator as double)
            else round({{ ratio('cells.numerator', 'cells.denominator') }} * cells.scale, 12)
        end as shown,
        coalesce(cells.reason, '') not in ('regime', 'not_received') as is_counted,
        case
            when cells.status in ('ok', 'unstable') then 1
            when cells.status = 'limits_only' and cells.numerator + cells.denominator >= 100 then 1
            else 0
        end as shows_limits
    from cells

),

final as (

    select
        {{ text('valued.division_code') }} as division_code,
        {{ text('valued.division_level') }} as division_level,
        {{ text('valued.period_type') }} as period_type,
        cast(valued.period_start as date) as period_start,
        cast(valued.period_end as date) as period_end,
        {{ text('valued.indicator_code') }} as indicator_code,
        {{ text('valued.pop_concept') }} as pop_concept,
        {{ text('valued.calendar') }} as calendar,
        cast(case when valued.is_counted then valued.numerator end as decimal(18, 2)) as numerator,
        cast(case when valued.is_counted then valued.denominator end as decimal(18, 2)) as denominator,
        cast(case when valued.status in ('ok', 'unstable') then valued.shown end as double) as value,
        cast(case when valued.shows_limits = 1 then valued.ci_low end as double) as ci_low,
        cast(case when valued.shows_limits = 1 then valued.ci_high end as double) as ci_high,
        {{ text('indicators.unit') }} as unit,
        cast(indicators.is_annualised as boolean) as is_annualised,
        cast(valued.is_balancing and valued.status in ('ok', 'unstable') as boolean) as is_balancing,
        {{ text('valued.status') }} as status,
        {{ text('valued.reason') }} as status_reason,
        {{ text('indicators.definition_version') }} as definition_version,
        cast(round({{ ratio('valued.received', 'valued.due') }}, 12) as double) as data_quality
    from valued
    inner join {{ ref('indicators') }} as indicators
        on valued.indicator_code = indicators.indicator_code

)

select * from final
