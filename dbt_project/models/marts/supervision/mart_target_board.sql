-- A light says nothing where the data below it are too thin, whatever colour it would have: grey comes first.
-- Where target and value both lie in the band of chance, met and missed tell no more than dice.
with judged as (

    select
        targets.*,
        (
            select max(limits.limit_value) from {{ ref('target_limits') }} as limits
            where limits.limit_id = 'least_data_quality'
        ) as least_data_quality,
        targets.reachable_by_chance
        and targets.actual_value >= targets.chance_low
        and targets.actual_value <= coalesce(targets.chance_high, targets.actual_value) as is_within_chance
    from {{ ref('mart_targets') }} as targets

),

reasoned as (

    select
        judged.*,
        case
            when judged.actual_value is null then judged.actual_reason
            when judged.is_met is null then 'no_direction'
            when judged.data_quality is null then 'quality_unknown'
            when judged.data_quality < judged.least_data_quality then 'data_quality'
        end as grey_reason
    from judged

),

final as (

    select
        {{ text('division_code') }} as division_code,
        {{ text('division_level') }} as division_level,
        {{ text('period_type') }} as period_type,
        cast(period_start as date) as period_start,
        cast(period_end as date) as period_end,
        {{ text('metric_code') }} as metric_code,
        cast(target_no as integer) as target_no,
        {{ text('direction_code') }} as direction_code,
        cast(target_value as decimal(16, 4)) as target_value,
        {{ text('unit') }} as unit,
        cast(actual_value as double) as actual_value,
        cast(ci_low as double) as ci_low,
        cast(ci_high as double) as ci_high,
        cast(reachable_by_chance as boolean) as reachable_by_chance,
        cast(data_quality as double) as data_quality,
        {{ text("case
            when actual_value is null or grey_reason is not null then 'grey'
            when is_within_chance then 'within_chance'
            when is_met then 'met'
            else 'not_met'
        end") }} as light,
        {{ text('grey_reason') }} as grey_reason
    from reasoned

)

select * from final
