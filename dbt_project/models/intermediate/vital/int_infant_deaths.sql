-- Deaths under one year of age by village and month of death. Of the birth only the month is known: a death
-- in the month of the first birthday counts as one after it.
select
    villages.division_code,
    {{ month_of('ledger.death_date') }} as month,
    cast(count(*) as bigint) as infant_deaths
from {{ ref('int_l03_current') }} as ledger
inner join {{ ref('int_villages') }} as villages on ledger.unit_code = villages.division_code
where
    {{ month_count(month_of('ledger.death_date')) }} - {{ month_count('ledger.birth_month') }}
    between 0 and 11
group by villages.division_code, {{ month_of('ledger.death_date') }}
