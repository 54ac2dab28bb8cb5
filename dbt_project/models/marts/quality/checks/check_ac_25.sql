-- Object: a target whose metric is known, and whose unit too where it is about the fee. Only a figure of
-- money to be assessed or collected is a quota; a rate of collection is none.
with targets as (

    select
        targets.*,
        targets.unit_code as fee_unit_code,
        coalesce(targets.signed_date, cast(targets.period || '-01' as date)) as held_from,
        case
            when targets.metric_code in ('fee_task', 'fee_collection', 'fee_collected', 'fee_assessed') then 1
            else 0
        end as is_about_money,
        case
            when targets.measure_code in ('yuan', 'thousand_yuan', 'ten_thousand_yuan') then 1
            when targets.measure_code is not null then 0
        end as is_in_money
    from {{ ref('stg_l17') }} as targets
    {{ in_force('targets') }}
    where targets.target_value is not null

),

final as (

    {{ judged(
        'targets', check='AC-25', form='L17', day='held_from', column_name='target_value',
        applies='metric_code is not null and (is_about_money = 0 or is_in_money is not null)',
        fails='is_about_money = 1 and is_in_money = 1',
    ) }}

)

{{ check_result('final') }}
