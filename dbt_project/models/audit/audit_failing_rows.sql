-- Addresses and rules only: no key, no person, no cell text leaves here.
with failing as (

    select * from {{ ref('int_failing_check_rows') }}
    union all
    select * from {{ ref('int_failing_fee_rows') }}
    union all
    select * from {{ ref('int_failing_ledger_rows') }}

)

select distinct
    cast(rule_id as {{ dbt.type_string() }}) as rule_id,
    cast(unit_code as {{ dbt.type_string() }}) as unit_code,
    cast(form as {{ dbt.type_string() }}) as form,
    cast(period as {{ dbt.type_string() }}) as period,
    cast(row_id as {{ dbt.type_string() }}) as row_id,
    cast(column_name as {{ dbt.type_string() }}) as column_name,
    cast(file_path as {{ dbt.type_string() }}) as file_path,
    cast(sheet_name as {{ dbt.type_string() }}) as sheet_name,
    cast(split_part(row_id, ':', 3) as integer) as row_no,
    cast(what_zh as {{ dbt.type_string() }}) as what_zh,
    cast(what_en as {{ dbt.type_string() }}) as what_en
from failing
