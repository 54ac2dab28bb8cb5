-- What moves the open principal of a case, and the moment at which collection ends. The law acts at
-- midnight (step 0), before the entries of the day; of these, decisions come first (step 1).
with effects as (

    select
        case_key,
        event_date,
        flow,
        open_effect_yuan
    from {{ ref('int_fee_entries_recorded') }}
    union all
    select
        case_key,
        event_date,
        flow,
        open_effect_yuan
    from {{ ref('int_fee_annulments') }}

)

select
    case_key,
    collection_ends_on as event_date,
    cast(0 as integer) as step,
    cast(0 as decimal(14, 2)) as open_effect_yuan
from {{ ref('int_fee_cases') }}
where collection_ends_on < cast('9999-12-31' as date)
union all
select
    case_key,
    event_date,
    cast(case when flow = 'assessed' then 1 else 2 end as integer) as step,
    open_effect_yuan
from effects
where open_effect_yuan <> 0
