-- The closing of a monthly report beside the persons on the roster of its month, with or without a readable
-- ID number. Who is marked as gone, or came later, is not counted. Some villages count everybody on the
-- list, others only who is registered there: the count nearer to what is stated is the one that is meant.
with persons as (

    select
        submission_id,
        unit_code,
        period,
        count(*) as listed,
        sum(case when hukou_status = 'present_only' then 0 else 1 end) as registered
    from {{ ref('int_l01_current') }}
    where
        (
            (out_date is null and out_reason is null)
            or {{ month_of('out_date') }} > period
        )
        and coalesce({{ month_of('in_date') }}, period) <= period
        and coalesce(birth_month, period) <= period
    group by submission_id, unit_code, period

),

final as (

    select
        report.unit_code,
        'L16' as form,
        report.period,
        'closing' as column_name,
        report.row_id,
        report.submission_id,
        persons.submission_id as counted_submission_id,
        cast(report.closing as decimal(18, 2)) as stated,
        cast(
            case
                when abs(report.closing - persons.registered) <= abs(report.closing - persons.listed)
                    then persons.registered
                else persons.listed
            end as decimal(18, 2)
        ) as counted
    from {{ ref('int_l16_current') }} as report
    inner join persons
        on
            report.unit_code = persons.unit_code
            and report.period = persons.period
    where report.closing is not null

)

select * from final
