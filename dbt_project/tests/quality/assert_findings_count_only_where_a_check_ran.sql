select
    check_id,
    unit_code,
    period
from {{ ref('mart_findings') }}
where
    (status = 'ran' and (tested is null or failed is null or yuan is null or failed > tested))
    or (status <> 'ran' and (tested is not null or failed is not null or yuan is not null))
