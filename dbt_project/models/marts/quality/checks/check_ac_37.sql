-- Object: a standard, procedure or annual total of the fee that a unit had to publish, whose day has passed.
-- It was published if any of the unit's records of that item and day says so.
with records as (

    select
        records.*,
        coalesce(records.due_date, records.published_date) as due_on
    from {{ ref('stg_l20') }} as records
    {{ in_force('records') }}
    where records.item_code in ('fee_standard', 'fee_total')

),

items as (

    select
        unit_code as fee_unit_code,
        item_code,
        due_on,
        max(row_id) as row_id,
        max(submission_id) as submission_id,
        max(published_date) as published_on
    from records
    where due_on < (select max(months.month_end) from {{ ref('int_months_known') }} as months)
    group by unit_code, item_code, due_on

),

final as (

    {{ judged(
        'items', check='AC-37', form='L20', day='due_on', column_name='published_date',
        applies='due_on is not null', fails='published_on is null',
    ) }}

)

{{ check_result('final') }}
