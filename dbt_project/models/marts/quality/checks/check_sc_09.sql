-- Objects: a money column of a sheet, beside the middle of such columns over the sheets of its county; and a
-- row of services that states two measures. What the true amounts are is not known, so no money is added up.
with united as (

    select
        unit_code,
        form,
        period,
        cast(null as {{ dbt.type_string() }}) as row_id,
        submission_id,
        column_name,
        is_off as failed
    from {{ ref('int_money_units') }}
    union all
    select
        unit_code,
        'L10' as form,
        period,
        row_id,
        submission_id,
        column_name,
        is_mixed as failed
    from {{ ref('int_service_units') }}

),

final as (

    select
        coalesce(units.fee_unit_code, united.unit_code) as unit_code,
        united.form,
        united.period,
        united.row_id,
        united.submission_id,
        cast(null as {{ dbt.type_string() }}) as against_submission_id,
        united.column_name,
        1 as tested,
        united.failed,
        0 as yuan
    from united
    left join {{ ref('int_fee_units') }} as units on united.unit_code = units.unit_code

)

{{ check_result('final') }}
