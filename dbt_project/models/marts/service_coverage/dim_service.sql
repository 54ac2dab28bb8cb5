select
    cast(service as {{ dbt.type_string() }}) as service,
    cast(name_zh as {{ dbt.type_string() }}) as name_zh,
    cast(name_en as {{ dbt.type_string() }}) as name_en,
    cast(measure_unit as {{ dbt.type_string() }}) as measure_unit,
    cast(source_form as {{ dbt.type_string() }}) as source_form
from {{ ref('services') }}
