-- The months of the release: from the first to the last month for which anything was accepted.
with bounds as (

    select
        min(period) as first_month,
        max(period) as last_month
    from {{ ref('int_submissions_current') }}

),

final as (

    select
        months.month,
        months.month_no,
        months.month_start,
        months.month_end,
        months.days,
        months.quarter,
        months.half,
        months.year,
        months.fp_half,
        months.fp_year,
        months.year_start,
        months.fp_year_start,
        months.days_in_year,
        months.days_in_fp_year
    from {{ ref('calendar_months') }} as months
    inner join bounds
        on months.month between bounds.first_month and bounds.last_month

)

select * from final
