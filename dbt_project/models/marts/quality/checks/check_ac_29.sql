-- Objects: the filing rate and the collection rate by case as a report states them, the filing rate also by
-- its two counts. More cases than are due cannot be filed, nor more be paid than were decided.
with reports as (

    select
        reports.*,
        reports.unit_code as fee_unit_code,
        cast(reports.period || '-01' as date) as month_start
    from {{ ref('stg_l23') }} as reports
    {{ in_force('reports') }}

),

final as (

    {{ judged(
        'reports', check='AC-29', form='L23', day='month_start', column_name='filing_percent',
        applies='(filing_percent is not null or (cases_filed is not null and cases_due is not null))',
        fails='coalesce(filing_percent, 0) > 100 or coalesce(cases_filed > cases_due, false)',
    ) }}
    union all
    {{ judged(
        'reports', check='AC-29', form='L23', day='month_start', column_name='case_collection_percent',
        applies='case_collection_percent is not null', fails='case_collection_percent > 100',
    ) }}

)

{{ check_result('final') }}
