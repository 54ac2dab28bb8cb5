-- Each target beside what was counted at the same division in the same civil year, if in the same unit.
with targets as (

    select
        targets.*,
        indicators.indicator_code,
        indicators.definition_version,
        units.measure_code as counted_in
    from {{ ref('int_targets') }} as targets
    left join {{ ref('indicators') }} as indicators on targets.metric_code = indicators.indicator_code
    left join {{ ref('target_units') }} as units
        on targets.measure_code = units.measure_code and indicators.unit = units.indicator_unit

),

counted as (

    select * from {{ ref('mart_indicators') }}
    where period_type = 'year'

),

joined as (

    select
        targets.*,
        counted.status,
        counted.data_quality,
        bands.chance_base,
        case when targets.counted_in is not null then counted.value end as actual_value,
        case when targets.counted_in is not null then counted.ci_low end as ci_low,
        case when targets.counted_in is not null then counted.ci_high end as ci_high,
        case when targets.counted_in is not null then bands.chance_low end as chance_low,
        case when targets.counted_in is not null then bands.chance_high end as chance_high,
        cast(targets.target_value as double) as bound,
        case
            when targets.indicator_code is null then 'no_indicator'
            when targets.counted_in is null then 'other_unit'
            when counted.indicator_code is null then 'not_published'
            when counted.status = 'limits_only' then 'limits_only'
            else counted.status_reason
        end as reason
    from targets
    left join counted
        on
            targets.division_code = counted.division_code
            and targets.period_start = counted.period_start
            and targets.metric_code = counted.indicator_code
    left join {{ ref('int_target_bands') }} as bands
        on
            targets.division_code = bands.division_code
            and targets.period_start = bands.period_start
            and targets.metric_code = bands.indicator_code

),

final as (

    select
        {{ text('division_code') }} as division_code,
        {{ text('division_level') }} as division_level,
        {{ text("'year'") }} as period_type,
        cast(period_start as date) as period_start,
        cast(period_end as date) as period_end,
        {{ text('metric_code') }} as metric_code,
        cast(target_no as integer) as target_no,
        cast(has_definition as boolean) as has_definition,
        {{ text('definition_version') }} as definition_version,
        {{ text('direction_code') }} as direction_code,
        cast(target_value as decimal(16, 4)) as target_value,
        {{ text('measure_code') }} as unit,
        cast(signed_date as date) as signed_date,
        cast(revisions as integer) as revisions,
        cast(actual_value as double) as actual_value,
        cast(ci_low as double) as ci_low,
        cast(ci_high as double) as ci_high,
        {{ text('reason') }} as actual_reason,
        cast(round(actual_value - bound, 12) as double) as gap,
        cast(case direction_code
            when 'at_least' then actual_value >= bound
            when 'at_most' then actual_value <= bound
            when 'equal' then round(actual_value, 2) = round(bound, 2)
            when 'above' then actual_value > bound
            when 'below' then actual_value < bound
        end as boolean) as is_met,
        cast(chance_base as decimal(18, 2)) as chance_base,
        cast(chance_low as double) as chance_low,
        cast(chance_high as double) as chance_high,
        cast(
            bound >= chance_low and bound <= coalesce(chance_high, bound) as boolean
        ) as reachable_by_chance,
        cast(data_quality as double) as data_quality
    from joined

)

select * from final
