-- The units that owe a report, where too few of a form and month came in.
with limits as (

    select max(case when limit_id = 'received_min_share' then limit_value end) as min_received
    from {{ ref('gate_limits') }}

),

due as (

    select * from {{ ref('int_reports_due') }}
    where is_due = 1

),

gaps as (

    select
        due.form,
        due.month
    from due
    cross join limits
    group by due.form, due.month
    having sum(due.is_received) < count(*) * max(limits.min_received)

),

final as (

    select
        {{ text("'ledger.units_due_reported'") }} as rule_id,
        due.unit_code,
        due.form,
        due.month as period,
        {{ text('null') }} as row_id,
        {{ text('null') }} as column_name,
        {{ text('null') }} as file_path,
        {{ text('null') }} as sheet_name,
        {{ text("'应报而未报'") }} as what_zh,
        {{ text("'This report is due and has not come in'") }} as what_en
    from due
    inner join gaps
        on
            due.form = gaps.form
            and due.month = gaps.month
    where due.is_received = 0

)

select * from final
