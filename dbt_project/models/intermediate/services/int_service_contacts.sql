-- One person is given one service once a day, however many sheets tell of it. A row without a readable key
-- or day is told apart by its address alone.
select
    township_code,
    county_code,
    service,
    person_key,
    given_on,
    given_month as month,
    case when person_key is null or given_on is null then row_id end as untold_row,
    min(is_floating) as is_floating
from {{ ref('int_service_log') }}
where is_given = 1
group by
    township_code,
    county_code,
    service,
    person_key,
    given_on,
    given_month,
    case when person_key is null or given_on is null then row_id end
