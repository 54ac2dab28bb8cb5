-- How divisions became others: what the registers of changes told (L21), and what the lists themselves show,
-- where a code goes on under another name or parent. A code that ends or begins without a word has no other
-- end; names are never compared. Shares of a predecessor that are not all known or do not add up to 1 say
-- nothing about its people.
with told as (

    select distinct
        rpad(ledger.old_code, 12, '0') as predecessor_code,
        rpad(ledger.new_code, 12, '0') as successor_code,
        ledger.change_code as kind,
        ledger.effective_date,
        case
            when ledger.population_share is not null then ledger.population_share
            when ledger.change_code not in ('split', 'transfer') then 1
        end as share
    from {{ ref('stg_l21') }} as ledger
    {{ in_force('ledger') }}
    where ledger.old_code <> ledger.new_code or ledger.change_code in ('split', 'transfer')

),

spells as (

    select
        division_code,
        parent_code,
        valid_from,
        valid_to,
        is_assumed_before,
        lag(parent_code) over (partition by division_code order by valid_from asc nulls last)
            as parent_before,
        lag(valid_to) over (partition by division_code order by valid_from asc nulls last)
            as ended_before,
        lead(valid_from) over (partition by division_code order by valid_from asc nulls last)
            as begins_again
    from {{ ref('int_divisions_dated') }}

),

united as (

    select * from told
    union all
    select
        division_code as predecessor_code,
        division_code as successor_code,
        case when parent_code = parent_before then 'rename' else 'transfer' end as kind,
        valid_from as effective_date,
        1 as share
    from spells
    where ended_before = valid_from
    union all
    select
        spells.division_code as predecessor_code,
        cast(null as {{ dbt.type_string() }}) as successor_code,
        'ended' as kind,
        spells.valid_to as effective_date,
        null as share
    from spells
    left join told on spells.division_code = told.predecessor_code
    where
        spells.valid_to < cast('9999-12-31' as date)
        and coalesce(spells.begins_again <> spells.valid_to, true)
        and told.predecessor_code is null
    union all
    select
        cast(null as {{ dbt.type_string() }}) as predecessor_code,
        spells.division_code as successor_code,
        'begun' as kind,
        spells.valid_from as effective_date,
        null as share
    from spells
    left join told on spells.division_code = told.successor_code
    where
        not spells.is_assumed_before
        and coalesce(spells.ended_before <> spells.valid_from, true)
        and told.successor_code is null

)

select
    predecessor_code,
    successor_code,
    kind,
    effective_date,
    cast(share as decimal(9, 6)) as share,
    coalesce(
        count(*) over (partition by predecessor_code, effective_date)
        = count(share) over (partition by predecessor_code, effective_date)
        and sum(share) over (partition by predecessor_code, effective_date) = 1,
        false
    ) as is_whole
from united
