-- What the register says of the people on the lists of benefits: born, sex, and the month of a death that
-- was told. Both ledgers bear one pseudonym. Where two reports disagree on a birth or a sex, it is not
-- known.
with listed as (

    select distinct person_key
    from {{ ref('int_benefit_payments') }}
    where person_key is not null

),

told as (

    select
        person_key,
        birth_month,
        sex,
        cast(null as {{ dbt.type_string() }}) as death_month
    from {{ ref('int_l01_current') }}
    union all
    select
        person_key,
        birth_month,
        sex,
        {{ month_of('death_date') }} as death_month
    from {{ ref('int_l03_current') }}

)

select
    told.person_key,
    case when count(distinct told.birth_month) = 1 then min(told.birth_month) end as birth_month,
    case when count(distinct told.sex) = 1 then min(told.sex) end as sex,
    min(told.death_month) as death_month
from told
inner join listed on told.person_key = listed.person_key
group by told.person_key
