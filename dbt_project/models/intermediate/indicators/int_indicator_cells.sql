-- Numerator and denominator side by side, with how complete the reports behind the cell are.
with pairs as (

    select
        indicators.indicator_code,
        indicators.method,
        indicators.small_number_rule,
        indicators.scale,
        indicators.regime_flag,
        indicators.quality_domain,
        indicators.denominator_measure,
        measures.division_code,
        measures.division_level,
        measures.period_type,
        measures.period_start,
        measures.period_end,
        measures.calendar,
        measures.pop_concept,
        max(case when measures.measure = indicators.numerator_measure then measures.value end)
            as numerator,
        max(case when measures.measure = indicators.denominator_measure then measures.value end)
            as denominator,
        max(case when measures.measure = indicators.events_measure then measures.value end) as events
    from {{ ref('int_measures') }} as measures
    inner join {{ ref('indicators') }} as indicators
        on
            measures.pop_concept = indicators.pop_concept
            and (
                measures.measure = indicators.numerator_measure
                or measures.measure = indicators.denominator_measure
                or measures.measure = indicators.events_measure
            )
    inner join {{ ref('indicator_grains') }} as grains
        on
            indicators.indicator_code = grains.indicator_code
            and measures.division_level = grains.division_level
            and measures.period_type = grains.period_type
    group by
        indicators.indicator_code,
        indicators.method,
        indicators.small_number_rule,
        indicators.scale,
        indicators.regime_flag,
        indicators.quality_domain,
        indicators.denominator_measure,
        measures.division_code,
        measures.division_level,
        measures.period_type,
        measures.period_start,
        measures.period_end,
        measures.calendar,
        measures.pop_concept

),

final as (

    select
        pairs.*,
        quality.due,
        quality.received,
        coalesce(regimes.is_valid, 1) as is_lawful
    from pairs
    left join {{ ref('int_quality_periods') }} as quality
        on
            pairs.division_code = quality.division_code
            and pairs.period_type = quality.period_type
            and pairs.period_start = quality.period_start
            and pairs.quality_domain = quality.domain
    left join {{ ref('int_regime_periods') }} as regimes
        on
            pairs.regime_flag = regimes.regime_flag
            and substr(pairs.division_code, 1, 6) = substr(regimes.county_code, 1, 6)
            and pairs.period_type = regimes.period_type
            and pairs.period_start = regimes.period_start

)

select * from final
