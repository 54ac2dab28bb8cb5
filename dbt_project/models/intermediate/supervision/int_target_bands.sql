-- How far chance alone carries a figure of a division's size from that of its county: the 99.8 % limits of a
-- funnel, quantiles of the binomial (shares) or Poisson distribution (rates) by their skew-corrected normal
-- form, mean + z sd + (1 - 2 p)(z^2 - 1) / 6, to the nearest whole case. Other methods have none.
{% set z = 3.090232306167813 %}
{% set lean = (z * z - 1) / 6 %}
with targeted as (

    select distinct
        targets.division_code,
        substr(targets.division_code, 1, 6) || '000000' as county_code,
        targets.period_start,
        indicators.indicator_code,
        indicators.pop_concept,
        indicators.method,
        indicators.denominator_measure,
        case when indicators.method = 'sex_ratio' then indicators.numerator_measure end as other_measure
    from {{ ref('int_targets') }} as targets
    inner join {{ ref('indicators') }} as indicators on targets.metric_code = indicators.indicator_code
    where indicators.method in ('proportion', 'balanced_share', 'sex_ratio', 'rate')

),

sized as (

    select
        targeted.division_code,
        targeted.county_code,
        targeted.period_start,
        targeted.indicator_code,
        sum(measures.value) as size
    from targeted
    inner join {{ ref('int_measures') }} as measures
        on
            targeted.division_code = measures.division_code
            and targeted.period_start = measures.period_start
            and targeted.pop_concept = measures.pop_concept
            and measures.measure in (targeted.denominator_measure, targeted.other_measure)
    where measures.period_type = 'year'
    group by targeted.division_code, targeted.county_code, targeted.period_start, targeted.indicator_code

),

expected as (

    select
        sized.*,
        county.method,
        county.scale,
        case when county.method = 'rate' then 0 else 1 end as is_share,
        {{ ratio(
            'county.numerator',
            "county.denominator + case when county.method = 'sex_ratio' then county.numerator else 0 end"
        ) }} as part
    from sized
    inner join {{ ref('int_indicator_cells') }} as county
        on
            sized.county_code = county.division_code
            and sized.indicator_code = county.indicator_code
            and sized.period_start = county.period_start
    where county.period_type = 'year' and county.is_lawful = 1

),

centred as (

    select
        expected.*,
        expected.size * expected.part as mean,
        sqrt(
            greatest(0, expected.size * expected.part * (1 - expected.is_share * expected.part))
        ) as deviation,
        0.5 + {{ lean }} * (1 - 2 * expected.is_share * expected.part) as shift
    from expected
    where expected.part > 0 and expected.is_share * expected.part < 1 and expected.size > 0

),

bounded as (

    select
        centred.*,
        greatest(0, floor(centred.mean + centred.shift - {{ z }} * centred.deviation)) as low,
        least(
            floor(centred.mean + centred.shift + {{ z }} * centred.deviation),
            case when centred.is_share = 1 then centred.size end
        ) as high
    from centred

)

{% set rest = "case method when 'sex_ratio' then size - {} else size end" %}
select
    division_code,
    period_start,
    indicator_code,
    cast(size as decimal(18, 2)) as chance_base,
    round(scale * {{ ratio('low', rest.format('low')) }}, 12) as chance_low,
    round(scale * {{ ratio('high', rest.format('high')) }}, 12) as chance_high
from bounded
