-- Object: a person on a roster of whom a death is reported. Named is who died before the roster's month and
-- was reported dead by its end; of those who died in the month itself a list may lawfully have been written
-- before, unless it counts more heads than the month closes with. Two people may bear one ID number, so sex
-- and month of birth have to agree as far as both are known.
with deaths as (

    select
        person_key,
        unit_code,
        period,
        submission_id,
        death_date,
        nullif(sex, 'unknown') as sex,
        birth_month,
        row_number() over (
            partition by person_key
            order by period asc nulls last, row_id asc nulls last
        ) as telling
    from {{ ref('int_l03_current') }}
    where person_key is not null

),

rosters as (

    select
        person_key,
        unit_code,
        period,
        row_id,
        submission_id,
        nullif(sex, 'unknown') as sex,
        birth_month
    from {{ ref('int_l01_current') }}
    where
        person_key is not null
        and out_reason is null
        and out_date is null

),

listed as (

    select
        rosters.unit_code,
        rosters.period,
        rosters.row_id,
        rosters.submission_id,
        deaths.submission_id as death_submission_id,
        case
            when deaths.period > rosters.period then 0
            when {{ month_of('deaths.death_date') }} < rosters.period then 1
            when rosters.unit_code = deaths.unit_code and closings.counted > closings.stated then 1
            else 0
        end as failed
    from rosters
    inner join deaths
        on
            rosters.person_key = deaths.person_key
            and deaths.telling = 1
            and coalesce(rosters.sex, deaths.sex, '') = coalesce(deaths.sex, rosters.sex, '')
            and coalesce(rosters.birth_month, deaths.birth_month, '')
            = coalesce(deaths.birth_month, rosters.birth_month, '')
    left join {{ ref('int_stated_rosters') }} as closings
        on
            rosters.submission_id = closings.counted_submission_id
            and closings.form = 'L16'

),

final as (

    select
        unit_code,
        'L01' as form,
        period,
        row_id,
        submission_id,
        death_submission_id as against_submission_id,
        cast(null as {{ dbt.type_string() }}) as column_name,
        1 as tested,
        failed,
        0 as yuan
    from listed

)

{{ check_result('final') }}
