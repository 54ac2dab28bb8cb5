-- Over the years of decision, and over the buckets of age, the open principal is that of the county.
with parts as (

    {% for mart in ['mart_fee_cohorts', 'mart_fee_arrears_age'] %}
    select
        division_code,
        period_type,
        period_start,
        '{{ mart }}' as mart,
        sum(outstanding_yuan) as outstanding_yuan,
        sum(outstanding_cases) as outstanding_cases
    from {{ ref(mart) }}
    group by division_code, period_type, period_start
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

marts as (

    select distinct mart from parts

)

select
    totals.division_code,
    totals.period_type,
    totals.period_start,
    marts.mart
from {{ ref('mart_fee_collection') }} as totals
cross join marts
left join parts
    on
        totals.division_code = parts.division_code
        and totals.period_type = parts.period_type
        and totals.period_start = parts.period_start
        and marts.mart = parts.mart
where
    totals.division_level = 'county'
    and totals.period_type in ('year', 'fp_year')
    and (
        totals.outstanding_yuan <> coalesce(parts.outstanding_yuan, 0)
        or totals.outstanding_cases <> coalesce(parts.outstanding_cases, 0)
    )
