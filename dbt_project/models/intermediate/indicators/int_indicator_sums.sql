-- Values made of several ratios, each with a weight of its own (indicator_terms): a sum of them, or the mean
-- of the weights by the ratios. One term without a denominator leaves the whole without a value. Limits of a
-- sum: normal, with the Poisson variance of each numerator. Ratios are decimals, so that no order of adding
-- them shows.
{% set z = '1.959963984540054' %}
with terms as (

    select
        indicators.indicator_code,
        indicators.method,
        measures.division_code,
        measures.period_type,
        measures.period_start,
        terms.numerator_measure,
        terms.weight,
        max(case when measures.measure = terms.numerator_measure then measures.value end) as numerator,
        max(case when measures.measure = terms.denominator_measure then measures.value end) as denominator
    from {{ ref('indicator_terms') }} as terms
    inner join {{ ref('indicators') }} as indicators on terms.indicator_code = indicators.indicator_code
    inner join {{ ref('int_measures') }} as measures
        on
            indicators.pop_concept = measures.pop_concept
            and (
                terms.numerator_measure = measures.measure
                or terms.denominator_measure = measures.measure
            )
    inner join {{ ref('indicator_grains') }} as grains
        on
            indicators.indicator_code = grains.indicator_code
            and measures.division_level = grains.division_level
            and measures.period_type = grains.period_type
    group by
        indicators.indicator_code,
        indicators.method,
        measures.division_code,
        measures.period_type,
        measures.period_start,
        terms.numerator_measure,
        terms.weight

),

ratios as (

    select
        terms.*,
        cast({{ ratio('terms.numerator', 'terms.denominator') }} as decimal(28, 18)) as term,
        cast({{ ratio('terms.numerator', 'terms.denominator * terms.denominator') }} as decimal(28, 18))
            as term_variance
    from terms

),

summed as (

    select
        indicator_code,
        method,
        division_code,
        period_type,
        period_start,
        case when count(term) = count(*) then sum(term) end as terms_sum,
        case when count(term) = count(*) then sum(weight * term) end as weighted_sum,
        sqrt(sum(weight * weight * term_variance)) as deviation
    from ratios
    group by indicator_code, method, division_code, period_type, period_start

)

select
    indicator_code,
    division_code,
    period_type,
    period_start,
    round(case method
        when 'standardised_sum' then weighted_sum
        else {{ ratio('weighted_sum', 'terms_sum') }}
    end, 12) as point,
    case
        when method = 'standardised_sum'
            then round(greatest(0, weighted_sum - {{ z }} * deviation), 12)
    end as ci_low,
    case
        when method = 'standardised_sum' then round(weighted_sum + {{ z }} * deviation, 12)
    end as ci_high
from summed
