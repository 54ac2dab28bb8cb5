-- Addresses and rules only: no key, no person, no cell text leaves here. A figure that disagrees with
-- the rows of another sheet has two addresses.
with failed as (

    select
        check_id,
        unit_code,
        period,
        submission_id,
        row_id,
        column_name
    from {{ ref('checks_tested') }}
    where failed > 0
    union all
    select
        check_id,
        unit_code,
        period,
        against_submission_id as submission_id,
        cast(null as {{ dbt.type_string() }}) as row_id,
        column_name
    from {{ ref('checks_tested') }}
    where failed > 0 and against_submission_id <> submission_id

),

check_rows as (

    select
        failed.check_id as rule_id,
        failed.unit_code,
        addresses.form,
        failed.period,
        failed.row_id,
        failed.column_name,
        addresses.file_path,
        addresses.sheet_name,
        registry.sentence_zh as what_zh,
        registry.sentence_en as what_en
    from failed
    inner join {{ ref('int_submission_addresses') }} as addresses
        on failed.submission_id = addresses.submission_id
    inner join {{ ref('check_registry') }} as registry on failed.check_id = registry.check_id

),

failing as (

    select * from check_rows
    union all
    select * from {{ ref('int_failing_fee_rows') }}
    union all
    select * from {{ ref('int_failing_reports_due') }}
    union all
    select * from {{ ref('int_failing_quarantined_rows') }}

)

select distinct
    {% for column in [
        'rule_id', 'unit_code', 'form', 'period', 'row_id', 'column_name', 'file_path', 'sheet_name',
    ] %}
    {{ text(column) }} as {{ column }},
    {% endfor %}
    cast(split_part(row_id, ':', 3) as integer) as row_no,
    {{ text('what_zh') }} as what_zh,
    {{ text('what_en') }} as what_en
from failing
