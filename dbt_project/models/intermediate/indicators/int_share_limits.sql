-- 95 % limits of proportions and sex ratios: Wilson's, for the share k of n that lies behind both.
{% set z = '1.959963984540054' %}
with trials as (

    select
        indicator_code,
        division_code,
        period_type,
        period_start,
        method,
        scale,
        cast(numerator as double) as k,
        cast(case when method = 'sex_ratio' then numerator + denominator else denominator end as double)
            as n
    from {{ ref('int_indicator_cells') }}
    where method in ('sex_ratio', 'proportion', 'balanced_share')

),

scored as (

    select
        trials.*,
        {{ ratio('trials.k', 'trials.n') }} as share,
        1 + {{ ratio(z ~ ' * ' ~ z, 'trials.n') }} as shrinkage
    from trials
    where trials.k >= 0 and trials.k <= trials.n and trials.n > 0

),

centred as (

    select
        scored.*,
        {{ ratio('scored.share + ' ~ ratio(z ~ ' * ' ~ z, '2 * scored.n'), 'scored.shrinkage') }} as centre,
        {{ ratio('scored.share * (1 - scored.share)', 'scored.n') }}
        + {{ ratio(z ~ ' * ' ~ z, '4 * scored.n * scored.n') }} as variance
    from scored

),

widened as (

    select
        centred.*,
        {{ ratio(z ~ ' * sqrt(greatest(0, centred.variance))', 'centred.shrinkage') }} as half_width
    from centred

),

bounded as (

    select
        widened.*,
        greatest(0, widened.centre - widened.half_width) as share_low,
        least(1, widened.centre + widened.half_width) as share_high
    from widened

)

select
    indicator_code,
    division_code,
    period_type,
    period_start,
    round(case method
        when 'sex_ratio' then scale * {{ ratio('share_low', '1 - share_low') }}
        else scale * share_low
    end, 12) as ci_low,
    round(case method
        when 'sex_ratio' then scale * {{ ratio('share_high', '1 - share_high') }}
        else scale * share_high
    end, 12) as ci_high
from bounded
