-- Object: a case that was open on the day collection ended, of which the office reported since and the ledger
-- states a status. It fails while its own books still say that the money is collected.
with open_cases as (

    select
        cases.*,
        terminations.amount_yuan as open_yuan
    from {{ ref('int_fee_cases') }} as cases
    inner join {{ ref('int_fee_terminations') }} as terminations
        on
            cases.case_key = terminations.case_key
            and cases.collection_ends_on = terminations.event_date
    where cases.decision_date < cases.collection_ends_on

),

reporting as (

    select
        unit_code,
        max(period) as last_month
    from {{ ref('int_submissions_current') }}
    where form = 'L11'
    group by unit_code

),

known as (

    select open_cases.*
    from open_cases
    inner join reporting
        on
            open_cases.unit_code = reporting.unit_code
            and reporting.last_month >= {{ month_of('open_cases.collection_ends_on') }}

),

final as (

    {{ judged(
        'known', check='AC-09', form='L11', day='collection_ends_on', column_name='status_code',
        applies='status_code is not null',
        fails="status_code = 'collecting'",
        yuan='open_yuan',
    ) }}

)

{{ check_result('final') }}
