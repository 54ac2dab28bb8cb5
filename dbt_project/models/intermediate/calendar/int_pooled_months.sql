-- Three civil years in a row, wholly known, for what is too rare to be told of one year. Spans overlap: each
-- year that two others follow begins one.
{% set years = 3 %}
with year_months as (

    select
        period_months.*,
        cast(period_months.period as integer) as year_no
    from {{ ref('int_period_months') }} as period_months
    where period_months.period_type = 'year'

),

starts as (

    select distinct year_no from year_months

),

spanned as (

    select
        starts.year_no as first_year,
        year_months.*
    from starts
    inner join year_months
        on
            starts.year_no <= year_months.year_no
            and starts.year_no + {{ years }} > year_months.year_no

),

counted as (

    select
        spanned.*,
        min(spanned.month_start) over (partition by spanned.first_year) as span_start,
        max(spanned.month_end) over (partition by spanned.first_year) as span_end,
        count(*) over (partition by spanned.first_year) as months_known
    from spanned

)

select
    'multi' as period_type,
    {{ text('first_year') }} || '..' || {{ text('first_year + ' ~ (years - 1)) }} as period,
    calendar,
    span_start as period_start,
    span_end as period_end,
    month,
    month_start,
    month_end,
    days,
    days_in_year
from counted
where months_known = 12 * {{ years }}
