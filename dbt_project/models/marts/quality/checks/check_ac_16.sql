-- Object: a case that is overdue for as many months as the limit at the end of a year within the release and
-- not closed by then in its own books, where a receipt may be missing. It fails if nobody charged a
-- surcharge, went to court or noted a reason: instalments, a review, a lawsuit.
with year_ends as (

    select cast({{ dbt.dateadd('day', -1, 'month_end') }} as date) as year_end
    from {{ ref('int_months_known') }}
    where month like '%-12'

),

owed as (

    select
        cases.case_key,
        year_ends.year_end,
        sum(balances.outstanding_change_yuan) as open_yuan
    from {{ ref('int_fee_cases') }} as cases
    inner join year_ends on cases.due_on < year_ends.year_end
    inner join {{ ref('int_fee_case_balances') }} as balances
        on
            cases.case_key = balances.case_key
            and year_ends.year_end >= balances.event_date
    where
        cases.assessed_yuan is not null
        and cases.collection_ends_on > year_ends.year_end
        and (
            coalesce(cases.status_code, 'collecting') <> 'closed'
            or cases.status_on > year_ends.year_end
        )
        and {{ whole_months_between('cases.due_on', 'year_ends.year_end') }}
        >= {{ check_limit('AC-16', 'months_overdue') }}
    group by cases.case_key, year_ends.year_end
    having sum(balances.outstanding_change_yuan) > 0

),

surcharged as (

    select
        case_key,
        min(payment_date) as first_on
    from {{ ref('int_fee_receipts') }}
    where surcharge_yuan > 0
    group by case_key

),

judged as (

    select
        cases.*,
        owed.year_end,
        owed.open_yuan,
        case
            when cases.has_instalments = 1 or cases.has_review = 1 then 0
            when cases.court_applied_on <= owed.year_end or surcharged.first_on <= owed.year_end then 0
            else 1
        end as is_idle
    from owed
    inner join {{ ref('int_fee_cases') }} as cases on owed.case_key = cases.case_key
    left join surcharged on owed.case_key = surcharged.case_key

),

final as (

    {{ judged(
        'judged', check='AC-16', form='L11', day='year_end', column_name='court_application_date',
        applies='open_yuan > 0',
        fails='is_idle = 1',
        yuan='open_yuan',
    ) }}

)

{{ check_result('final') }}
