-- What an office and what a county spent in a year and in the year before. Beside it stands what it spent
-- beyond last year's spending grown like recurrent revenue; where lines state different growth of revenue,
-- none is known.
with years as (

    {% for level, counts in [('office', '1 - is_from_above'), ('county', 'counts_for_county')] %}
    select
        '{{ level }}' as spender,
        {{ level }}_code as spender_code,
        {{ 'office_code' if level == 'office' else text('null') }} as office_code,
        fund_year,
        min(row_id) as row_id,
        min(submission_id) as submission_id,
        max(judged_on) as judged_on,
        cast(case when count(spent_yuan) = count(*) then sum(spent_yuan) end as decimal(18, 2)) as spent_yuan,
        case
            when min(least_growth_percent) = max(greatest_growth_percent) then min(least_growth_percent)
        end as revenue_growth_percent
    from {{ ref('int_funding_lines') }}
    where {{ counts }} = 1
    group by {{ level }}_code, fund_year
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select
    years.spender,
    years.spender_code,
    years.office_code,
    years.fund_year,
    years.row_id,
    years.submission_id,
    years.judged_on,
    years.spent_yuan,
    before.spent_yuan as spent_before_yuan,
    years.revenue_growth_percent,
    cast(
        years.spent_yuan - before.spent_yuan
        - round(before.spent_yuan * years.revenue_growth_percent * 0.01, 2) as decimal(18, 2)
    ) as above_revenue_yuan
from years
left join years as before
    on
        years.spender = before.spender
        and years.spender_code = before.spender_code
        and before.fund_year = years.fund_year - 1
