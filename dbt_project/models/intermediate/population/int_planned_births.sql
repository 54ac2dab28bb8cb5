-- A birth is judged by the rule in force on its birth date, the most specific area first. Where two
-- children need no permit any more, an old-fashioned "outside" on a first or second child is not one.
with births as (

    select
        villages.division_code,
        ledger.birth_date,
        ledger.birth_order,
        ledger.policy_status,
        count(*) as births
    from {{ ref('int_l02_current') }} as ledger
    inner join {{ ref('int_villages') }} as villages
        on ledger.unit_code = villages.division_code
    where
        coalesce(ledger.birth_event_type, 'birth') <> 'adoption'
        and (ledger.birth_order is not null or ledger.policy_status is not null)
    group by
        villages.division_code,
        ledger.birth_date,
        ledger.birth_order,
        ledger.policy_status

),

regimes as (

    select
        births.division_code,
        births.birth_date,
        births.birth_order,
        births.policy_status,
        births.births,
        regime.children_without_approval,
        regime.approval_kind,
        regime.planned_rate_valid,
        regime.second_share_valid,
        row_number() over (
            partition by
                births.division_code, births.birth_date, births.birth_order, births.policy_status
            order by
                case regime.area_prefix when '00' then 0 else length(regime.area_prefix) end desc nulls last
        ) as specificity_rank
    from births
    inner join {{ ref('policy_regime') }} as regime
        on
            births.birth_date >= regime.valid_from
            and births.birth_date < regime.valid_to
            and (
                regime.area_prefix = '00'
                or substr(births.division_code, 1, length(regime.area_prefix)) = regime.area_prefix
            )

),

judged as (

    select
        division_code,
        {{ month_of('birth_date') }} as month,
        births,
        case when birth_order = 2 and second_share_valid <> 'no' then births else 0 end as second_births,
        case
            when policy_status = 'inside' then 1
            when
                birth_order <= children_without_approval
                and (policy_status is null or approval_kind = 'registration') then 1
            else 0
        end as is_planned
    from regimes
    where
        specificity_rank = 1
        and planned_rate_valid <> 'no'

),

final as (

    select
        division_code,
        month,
        cast(sum(births) as bigint) as births_judged,
        cast(sum(births * is_planned) as bigint) as births_planned,
        cast(sum(second_births) as bigint) as births_second_judged,
        cast(sum(second_births * is_planned) as bigint) as births_second_planned
    from judged
    group by division_code, month

)

select * from final
