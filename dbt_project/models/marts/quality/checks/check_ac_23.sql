-- Object: a slip that hands over receipts of a month it names. The finding belongs to that month.
with slips as (

    select
        *,
        cast(for_month || '-01' as date) as received_from
    from {{ ref('int_l14_current') }}
    where is_month_stated and remitted_yuan > 0 and coalesce(subject_code, 'fee') <> 'other'

),

final as (

    {{ judged(
        'slips', check='AC-23', form='L14', day='received_from', column_name='remitted_date',
        applies='remitted_date is not null',
        fails='extract(year from remitted_date) > extract(year from received_from)',
        yuan='remitted_yuan',
    ) }}

)

{{ check_result('final') }}
