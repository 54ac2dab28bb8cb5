-- Shares of one whole in percent with two decimals that add up to 100.00: each is cut off, and the hundredths
-- left over go to those that lost most (largest remainders). The ones that differ from their own rounding are
-- marked as balancing.
with cells as (

    select
        indicator_code,
        division_code,
        period_type,
        period_start,
        denominator_measure,
        cast(round(numerator, 0) as bigint) as numerator,
        cast(round(denominator, 0) as bigint) as denominator
    from {{ ref('int_indicator_cells') }}
    where method = 'balanced_share' and denominator > 0

),

cut as (

    select
        cells.*,
        cast(floor({{ ratio('cells.numerator * 10000', 'cells.denominator') }}) as bigint) as hundredths
    from cells

),

ranked as (

    select
        cut.*,
        cut.numerator * 10000 - cut.hundredths * cut.denominator as remainder,
        10000 - sum(cut.hundredths) over (
            partition by cut.denominator_measure, cut.division_code, cut.period_type, cut.period_start
        ) as left_over,
        row_number() over (
            partition by cut.denominator_measure, cut.division_code, cut.period_type, cut.period_start
            order by
                cut.numerator * 10000 - cut.hundredths * cut.denominator desc nulls last,
                cut.indicator_code asc nulls last
        ) as remainder_rank
    from cut

),

balanced as (

    select
        ranked.*,
        ranked.hundredths + case when ranked.remainder_rank <= ranked.left_over then 1 else 0 end as share,
        ranked.hundredths + case when 2 * ranked.remainder >= ranked.denominator then 1 else 0 end as rounded
    from ranked

)

select
    indicator_code,
    division_code,
    period_type,
    period_start,
    round({{ ratio('share', '100') }}, 2) as point,
    share <> rounded as is_balancing
from balanced
