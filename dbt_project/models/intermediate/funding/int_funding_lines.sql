-- Funding by office, year, source and subject, as the latest sheet that tells of them states it: a year is
-- told again the year after. Money handed down is told by who gave it, too, so an office below the county
-- adds nothing with it; and a county that states its own funding speaks for all of it.
with ledger as (

    select
        ledger.row_id,
        ledger.submission_id,
        ledger.period,
        offices.office_code,
        offices.township_code,
        offices.county_code,
        ledger.budget_yuan,
        ledger.received_yuan,
        ledger.spent_yuan,
        ledger.returned_yuan,
        ledger.balance_yuan,
        ledger.revenue_growth_percent,
        coalesce(ledger.fund_year, cast(substr(ledger.period, 1, 4) as integer)) as fund_year,
        coalesce(ledger.source_code, 'unknown') as source_code,
        coalesce(ledger.subject_code, 'unknown') as subject_code,
        case when offices.township_code is null then 1 else 0 end as is_of_county,
        max(ledger.period) over (
            partition by
                ledger.unit_code,
                coalesce(ledger.fund_year, cast(substr(ledger.period, 1, 4) as integer)),
                ledger.source_code,
                ledger.subject_code
        ) as last_period
    from {{ ref('stg_l19') }} as ledger
    {{ in_force('ledger') }}
    inner join {{ ref('int_office_units') }} as offices on ledger.unit_code = offices.unit_code

),

lines as (

    select
        office_code,
        township_code,
        county_code,
        is_of_county,
        fund_year,
        source_code,
        subject_code,
        min(row_id) as row_id,
        min(submission_id) as submission_id,
        cast({{ text('fund_year') }} || '-12-01' as date) as judged_on,
        {% for column in ['budget', 'received', 'spent', 'returned', 'balance'] %}
        cast(
            case when count({{ column }}_yuan) = count(*) then sum({{ column }}_yuan) end as decimal(18, 2)
        ) as {{ column }}_yuan,
        {% endfor %}
        min(revenue_growth_percent) as least_growth_percent,
        max(revenue_growth_percent) as greatest_growth_percent,
        case when source_code = 'higher' and is_of_county = 0 then 1 else 0 end as is_from_above
    from ledger
    where period = last_period
    group by office_code, township_code, county_code, is_of_county, fund_year, source_code, subject_code

)

select
    *,
    case
        when is_from_above = 1 then 0
        when max(is_of_county) over (partition by county_code, fund_year) = is_of_county then 1
        else 0
    end as counts_for_county
from lines
