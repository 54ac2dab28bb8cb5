-- 95 % limits of rates. Events: exact Poisson up to 100, Byar's formula above. A difference of two event
-- counts: normal, with the variance of their sum.
{% set z = '1.959963984540054' %}
with rates as (

    select
        indicator_code,
        division_code,
        period_type,
        period_start,
        method,
        scale,
        numerator,
        denominator,
        cast(events as double) as events
    from {{ ref('int_indicator_cells') }}
    where method in ('rate', 'rate_difference')

),

bounded as (

    select
        rates.*,
        {{ z }} * sqrt(greatest(0, rates.events)) as spread,
        coalesce(
            poisson.lower_limit,
            rates.events * power(
                1 - {{ ratio('1', '9 * rates.events') }}
                - {{ ratio(z, '3 * sqrt(greatest(0, rates.events))') }},
                3
            )
        ) as events_low,
        coalesce(
            poisson.upper_limit,
            (rates.events + 1) * power(
                1 - {{ ratio('1', '9 * (rates.events + 1)') }}
                + {{ ratio(z, '3 * sqrt(greatest(0, rates.events) + 1)') }},
                3
            )
        ) as events_high
    from rates
    left join {{ ref('poisson_limits') }} as poisson on rates.events = poisson.events

)

select
    indicator_code,
    division_code,
    period_type,
    period_start,
    round(case method
        when 'rate' then scale * {{ ratio('events_low', 'denominator') }}
        when 'rate_difference' then scale * {{ ratio('numerator - spread', 'denominator') }}
    end, 12) as ci_low,
    round(case method
        when 'rate' then scale * {{ ratio('events_high', 'denominator') }}
        when 'rate_difference' then scale * {{ ratio('numerator + spread', 'denominator') }}
    end, 12) as ci_high
from bounded
