-- closing = opening + births - deaths + moved in - moved out + adjustment, carried from month to month.
with bases as (

    select 'reported' as basis
    union all
    select 'occurred' as basis

),

spine as (

    select
        openings.division_code,
        bases.basis,
        months.month,
        months.month_start,
        months.month_end,
        openings.opening as first_opening
    from {{ ref('int_population_openings') }} as openings
    inner join {{ ref('int_months_known') }} as months
        on openings.first_month <= months.month
    cross join bases

),

moved as (

    select
        spine.division_code,
        spine.basis,
        spine.month,
        spine.month_start,
        spine.month_end,
        spine.first_opening,
        coalesce(flows.births, 0) as births,
        coalesce(flows.deaths, 0) as deaths,
        coalesce(flows.moved_in, 0) as moved_in,
        coalesce(flows.moved_out, 0) as moved_out,
        coalesce(flows.adjustment, 0) as adjustment
    from spine
    left join {{ ref('int_population_flows') }} as flows
        on
            spine.division_code = flows.division_code
            and spine.basis = flows.basis
            and spine.month = flows.month

),

carried as (

    select
        moved.*,
        moved.first_opening + cast(sum(
            moved.births - moved.deaths + moved.moved_in - moved.moved_out + moved.adjustment
        ) over (
            partition by moved.division_code, moved.basis
            order by moved.month asc nulls last
            rows between unbounded preceding and current row
        ) as bigint) as closing
    from moved

),

final as (

    select
        division_code,
        basis,
        month,
        month_start,
        month_end,
        closing - (births - deaths + moved_in - moved_out + adjustment) as opening,
        births,
        deaths,
        moved_in,
        moved_out,
        adjustment,
        closing
    from carried

)

select * from final
