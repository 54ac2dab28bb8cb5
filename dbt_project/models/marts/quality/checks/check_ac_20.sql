-- Object: a report that states what was open at the beginning and at the end, assessed and collected. What it
-- has no figure for counts as nothing, as it does to its reader.
with reports as (

    select
        reports.*,
        reports.unit_code as fee_unit_code,
        cast(reports.period || '-01' as date) as month_start,
        reports.closing_yuan - (
            reports.opening_yuan + reports.assessed_yuan - reports.collected_yuan
            + coalesce(reports.refunded_yuan, 0) - coalesce(reports.annulled_yuan, 0)
            - coalesce(reports.waived_yuan, 0) - coalesce(reports.written_off_yuan, 0)
            - coalesce(reports.terminated_yuan, 0)
        ) as off_yuan
    from {{ ref('stg_l23') }} as reports
    {{ in_force('reports') }}

),

final as (

    {{ judged(
        'reports', check='AC-20', form='L23', day='month_start', column_name='closing_yuan',
        applies='off_yuan is not null', fails='off_yuan <> 0', yuan='abs(off_yuan)',
    ) }}

)

{{ check_result('final') }}
