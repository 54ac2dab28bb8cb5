-- Fees and services are kept by township offices; a village's own sheet counts for its township,
-- because money is never shown below that level.
with located as (

    {{ places_of_units(['L08', 'L09', 'L10', 'L11', 'L12']) }}

),

wind_down as (

    select
        area_prefix,
        min(valid_from) as collection_ends_on
    from {{ ref('policy_regime') }}
    where collection_allowed = 'no'
    group by area_prefix

),

matched as (

    select
        located.unit_code,
        wind_down.collection_ends_on,
        row_number() over (
            partition by located.unit_code
            order by
                case when wind_down.area_prefix = '00' then 0 else length(wind_down.area_prefix) end
                desc nulls last
        ) as specificity
    from located
    inner join wind_down
        on
            wind_down.area_prefix = '00'
            or located.unit_code like (wind_down.area_prefix || '%')

),

final as (

    select
        located.unit_code,
        case
            when located.division_level = 'village' then located.township_code
            else located.unit_code
        end as fee_unit_code,
        located.township_code,
        located.county_code,
        coalesce(matched.collection_ends_on, cast('9999-12-31' as date)) as collection_ends_on
    from located
    left join matched
        on
            located.unit_code = matched.unit_code
            and matched.specificity = 1

)

select * from final
