select
    cast(fee_unit_code as {{ dbt.type_string() }}) as unit_code,
    cast(count(*) as bigint) as cases,
    cast(sum(is_over) as bigint) as cases_over,
    cast(sum(principal_yuan) as decimal(18, 2)) as principal_yuan,
    cast(sum(assessed_yuan) as decimal(18, 2)) as assessed_yuan
from {{ ref('int_fee_cases_collected') }}
group by fee_unit_code
