-- The addresses behind every failed object of a check; a figure that disagrees with the rows of another
-- sheet has two.
with failed as (

    select * from {{ ref('checks_tested') }}
    where failed > 0

),

both_ends as (

    select
        check_id,
        unit_code,
        period,
        submission_id,
        row_id,
        column_name
    from failed
    union all
    select
        check_id,
        unit_code,
        period,
        against_submission_id as submission_id,
        cast(null as {{ dbt.type_string() }}) as row_id,
        column_name
    from failed
    where against_submission_id <> submission_id

),

final as (

    select
        both_ends.check_id as rule_id,
        both_ends.unit_code,
        addresses.form,
        both_ends.period,
        both_ends.row_id,
        both_ends.column_name,
        addresses.file_path,
        addresses.sheet_name,
        registry.sentence_zh as what_zh,
        registry.sentence_en as what_en
    from both_ends
    inner join {{ ref('int_submission_addresses') }} as addresses
        on both_ends.submission_id = addresses.submission_id
    inner join {{ ref('check_registry') }} as registry on both_ends.check_id = registry.check_id

)

select * from final
