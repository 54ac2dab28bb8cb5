-- Objects: the closing of a monthly report beside the balance, and its opening beside the closing reported
-- the month before. Where two cells disagree the other figures say which is wrong: an opening to which the
-- earlier report adds up is right, and the difference is the finding of the closing before it.
with figures as (

    select
        unit_code,
        period,
        row_id,
        submission_id,
        cast(null as {{ dbt.type_string() }}) as against_submission_id,
        column_name,
        is_off
    from {{ ref('int_stated_closings') }}
    union all
    select
        unit_code,
        period,
        row_id,
        submission_id,
        closing_submission_id as against_submission_id,
        'opening' as column_name,
        is_off
    from {{ ref('int_stated_openings') }}

),

final as (

    select
        unit_code,
        'L16' as form,
        period,
        row_id,
        submission_id,
        against_submission_id,
        column_name,
        1 as tested,
        is_off as failed,
        0 as yuan
    from figures

)

{{ check_result('final') }}
