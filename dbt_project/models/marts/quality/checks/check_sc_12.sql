-- Object: a birth of a mother who gave birth before, in any report. Twins are born on one day or the next;
-- two births too near in one report are told by the reader at their rows.
with limits as (

    select
        max(case when limit_id = 'days_of_one_birth' then limit_value end) as days_of_one_birth,
        max(case when limit_id = 'days_between_births' then limit_value end) as days_between_births
    from {{ ref('check_limits') }}
    where check_id = 'SC-12'

),

births as (

    select
        unit_code,
        period,
        row_id,
        submission_id,
        birth_date,
        lag(birth_date) over (
            partition by mother_key
            order by birth_date asc nulls last, row_id asc nulls last
        ) as birth_before,
        lag(submission_id) over (
            partition by mother_key
            order by birth_date asc nulls last, row_id asc nulls last
        ) as submission_before
    from {{ ref('int_l02_current') }}
    where
        mother_key is not null
        and coalesce(birth_event_type, 'birth') <> 'adoption'

),

spaced as (

    select
        *,
        {{ dbt.datediff('birth_before', 'birth_date', 'day') }}
            as days_since
    from births
    where birth_before is not null

),

final as (

    select
        spaced.unit_code,
        'L02' as form,
        spaced.period,
        spaced.row_id,
        spaced.submission_id,
        spaced.submission_before as against_submission_id,
        'birth_date' as column_name,
        1 as tested,
        case
            when
                spaced.days_since > limits.days_of_one_birth
                and spaced.days_since < limits.days_between_births
                and spaced.submission_id <> spaced.submission_before
                then 1
            else 0
        end as failed,
        0 as yuan
    from spaced
    cross join limits

)

{{ check_result('final') }}
