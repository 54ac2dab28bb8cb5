-- People who joined or left a unit because divisions changed, by the register of changes (L21) and the
-- closings reported before. NULL where nobody told: a village of the township ended or began without a word.
with told as (

    select distinct
        ledger.old_code,
        ledger.new_code,
        {{ month_of('ledger.effective_date') }} as month,
        case
            when ledger.population_share is not null then ledger.population_share
            when ledger.change_code <> 'split' then 1
        end as share
    from {{ ref('stg_l21') }} as ledger
    {{ in_force('ledger') }}
    where ledger.old_code <> ledger.new_code

),

moved as (

    select
        told.old_code,
        told.new_code,
        told.month,
        told.share * reports.closing as persons
    from told
    left join {{ ref('calendar_months') }} as months on told.month = months.month
    left join {{ ref('calendar_months') }} as months_before on months.month_no = months_before.month_no + 1
    left join {{ ref('int_l16_current') }} as reports
        on told.old_code = reports.unit_code and months_before.month = reports.period

),

bounds as (

    select
        division_code,
        parent_code,
        valid_to as changed_on
    from {{ ref('int_divisions_dated') }}
    where division_level = 'village'
    union all
    select
        division_code,
        parent_code,
        valid_from as changed_on
    from {{ ref('int_divisions_dated') }}
    where division_level = 'village' and not is_assumed_before

),

untold as (

    select
        bounds.parent_code,
        bounds.changed_on
    from bounds
    left join told
        on
            bounds.division_code in (told.old_code, told.new_code)
            and {{ month_of('bounds.changed_on') }} = told.month
    where told.month is null

),

united as (

    select
        new_code as unit_code,
        month,
        persons
    from moved
    union all
    select
        old_code as unit_code,
        month,
        -persons as persons
    from moved
    union all
    select distinct
        neighbours.division_code as unit_code,
        {{ month_of('untold.changed_on') }} as month,
        cast(null as decimal(18, 6)) as persons
    from untold
    inner join {{ ref('int_divisions_dated') }} as neighbours
        on
            untold.parent_code = neighbours.parent_code
            and untold.changed_on > neighbours.valid_from
            and untold.changed_on < neighbours.valid_to

)

select
    unit_code,
    month,
    count(*) as changes,
    case when count(*) = count(persons) then cast(sum(persons) as decimal(18, 6)) end as persons
from united
group by unit_code, month
