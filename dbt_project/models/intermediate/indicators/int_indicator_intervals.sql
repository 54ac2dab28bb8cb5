-- 95 % limits. Proportions and sex ratios: Wilson. Events: exact Poisson up to 100, Byar's formula above.
-- A difference of two event counts: normal, with the variance of their sum.
{% set z = '1.959963984540054' %}
with cells as (

    select * from {{ ref('int_indicator_cells') }}

),

trials as (

    select
        cells.*,
        cast(cells.numerator as double) as k,
        cast(
            case cells.method
                when 'sex_ratio' then cells.numerator + cells.denominator
                when 'proportion' then cells.denominator
            end as double
        ) as n,
        cast(cells.events as double) as event_count
    from cells

),

shares as (

    select
        trials.*,
        case
            when trials.k >= 0 and trials.k <= trials.n and trials.n > 0 then trials.k / nullif(trials.n, 0)
        end as share
    from trials

),

wilson as (

    select
        shares.*,
        (shares.share + {{ z }} * {{ z }} / (2 * nullif(shares.n, 0))) / (1 + {{ z }} * {{ z }} / nullif(shares.n, 0)) as centre,
        {{ z }} * sqrt(greatest(
            0, shares.share * (1 - shares.share) / nullif(shares.n, 0) + {{ z }} * {{ z }} / (4 * nullif(shares.n * shares.n, 0))
        )) / (1 + {{ z }} * {{ z }} / nullif(shares.n, 0)) as half_width
    from shares

),

bounded as (

    select
        wilson.*,
        {{ z }} * sqrt(greatest(0, wilson.event_count)) as spread,
        greatest(0, wilson.centre - wilson.half_width) as share_low,
        least(1, wilson.centre + wilson.half_width) as share_high,
        coalesce(
            poisson.lower_limit,
            wilson.event_count * power(
                1 - 1 / (9 * nullif(wilson.event_count, 0))
                - {{ z }} / (3 * nullif(sqrt(greatest(0, wilson.event_count)), 0)),
                3
            )
        ) as events_low,
        coalesce(
            poisson.upper_limit,
            (wilson.event_count + 1) * power(
                1 - 1 / (9 * (wilson.event_count + 1))
                + {{ z }} / (3 * sqrt(greatest(0, wilson.event_count) + 1)),
                3
            )
        ) as events_high
    from wilson
    left join {{ ref('poisson_limits') }} as poisson on wilson.event_count = poisson.events

),

final as (

    select
        bounded.*,
        case bounded.method
            when 'proportion' then bounded.scale * bounded.share_low
            when 'sex_ratio' then bounded.scale * bounded.share_low / nullif(1 - bounded.share_low, 0)
            when 'rate' then bounded.scale * {{ ratio('events_low', 'denominator') }}
            when 'rate_difference'
                then bounded.scale * {{ ratio('numerator - spread', 'denominator') }}
        end as ci_low,
        case bounded.method
            when 'proportion' then bounded.scale * bounded.share_high
            when 'sex_ratio' then bounded.scale * bounded.share_high / nullif(1 - bounded.share_high, 0)
            when 'rate' then bounded.scale * {{ ratio('events_high', 'denominator') }}
            when 'rate_difference'
                then bounded.scale * {{ ratio('numerator + spread', 'denominator') }}
        end as ci_high
    from bounded

)

select
    indicator_code,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    pop_concept,
    method,
    small_number_rule,
    scale,
    denominator_measure,
    numerator,
    denominator,
    events,
    due,
    received,
    is_lawful,
    round(ci_low, 12) as ci_low,
    round(ci_high, 12) as ci_high
from final
