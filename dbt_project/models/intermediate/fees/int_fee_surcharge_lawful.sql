-- R-24: the monthly rate of the day (two per mille) of the unpaid principal, for every whole month since
-- the due date; the rule of the most specific area counts.
with rated as (

    select
        segments.*,
        regimes.surcharge_rate_month,
        row_number() over (
            partition by segments.case_key, segments.segment_start
            order by
                case when regimes.area_prefix = '00' then 0 else length(regimes.area_prefix) end
                desc nulls last
        ) as specificity
    from {{ ref('int_fee_surcharge_segments') }} as segments
    inner join {{ ref('policy_regime') }} as regimes
        on
            segments.segment_start >= regimes.valid_from
            and segments.segment_start < regimes.valid_to
            and (
                regimes.area_prefix = '00'
                or segments.county_code like (regimes.area_prefix || '%')
            )

),

final as (

    select
        case_key,
        segment_start,
        segment_end,
        unpaid_yuan,
        months,
        surcharge_rate_month,
        cast(round(unpaid_yuan * coalesce(surcharge_rate_month, 0) * months, 2) as decimal(14, 2))
            as lawful_yuan
    from rated
    where specificity = 1

)

select
    *,
    cast(sum(lawful_yuan) over (
        partition by case_key
        order by segment_end asc nulls last
        rows between unbounded preceding and current row
    ) as decimal(14, 2)) as lawful_to_date_yuan
from final
