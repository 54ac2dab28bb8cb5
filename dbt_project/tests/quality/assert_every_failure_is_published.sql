-- What the checks found failing is what the findings say, check by check.
with tested as (

    select
        check_id,
        sum(failed) as failed
    from {{ ref('checks_tested') }}
    group by check_id

),

published as (

    select
        check_id,
        sum(failed) as failed
    from {{ ref('mart_findings') }}
    group by check_id

)

select
    tested.check_id,
    tested.failed,
    published.failed as published
from tested
left join published on tested.check_id = published.check_id
where tested.failed <> coalesce(published.failed, 0)
