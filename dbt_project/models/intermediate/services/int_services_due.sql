-- A service that one person is due on one day, however often a log says that it is still to come.
with due as (

    select
        township_code,
        county_code,
        service,
        person_key,
        due_date,
        due_month as month,
        case when person_key is null then row_id end as untold_row,
        max(is_given) as is_done,
        max(is_in_window) as is_in_window
    from {{ ref('int_service_log') }}
    where due_date is not null
    group by
        township_code,
        county_code,
        service,
        person_key,
        due_date,
        due_month,
        case when person_key is null then row_id end

)

select
    township_code,
    county_code,
    service,
    month,
    cast(count(*) as bigint) as due,
    cast(sum(is_done) as bigint) as done,
    cast(sum(is_in_window) as bigint) as done_in_window
from due
group by township_code, county_code, service, month
