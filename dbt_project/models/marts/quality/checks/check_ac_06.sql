-- Object: a decision of which the day of service is known, or of which the office turned to the court, which
-- takes proof of service; a day that could not be read, or whose column is missing, is not tested.
with cases as (

    select * from {{ ref('int_fee_cases') }}
    where
        assessed_yuan is not null
        and row_id not in (
            select unread.row_id from {{ ref('int_fee_cells_unread') }} as unread
            where unread.column_name = 'service_date'
        )

),

final as (

    {{ judged(
        'cases', check='AC-06', form='L11', day='decision_date', column_name='service_date',
        applies='(service_date is not null or court_applied_on is not null)',
        fails='service_date is null or service_date < decision_date',
        yuan='assessed_yuan',
    ) }}

)

{{ check_result('final') }}
