-- Objects: a money column of a sheet, beside the middle of such columns over the sheets of its county; and a
-- row of services that states two measures. A few lawful small fees look like a column ten thousand times too
-- small, so that one takes a least number of amounts. The true sums are not known, so none is added up here.
with limits as (

    select
        max(case when limit_id = 'unit_factor' then limit_value end) as factor,
        max(case when limit_id = 'unit_amounts_elsewhere' then limit_value end) as amounts_elsewhere,
        max(case when limit_id = 'unit_sheets_elsewhere' then limit_value end) as sheets_elsewhere,
        max(case when limit_id = 'unit_amounts_of_small_sheet' then limit_value end) as amounts_here
    from {{ ref('check_limits') }}
    where check_id = 'SC-09'

),

sheets as (

    select
        *,
        substr(unit_code, 1, 6) as county_prefix,
        row_number() over (
            partition by substr(unit_code, 1, 6), form, column_name
            order by median_yuan asc nulls last, submission_id asc nulls last
        ) as place,
        count(*) over (partition by substr(unit_code, 1, 6), form, column_name) as sheets,
        sum(amounts) over (partition by substr(unit_code, 1, 6), form, column_name) as amounts_of_county
    from {{ ref('int_sheet_amounts') }}

),

compared as (

    select
        *,
        max(case when 2 * place in (sheets, sheets + 1) then median_yuan end) over (
            partition by county_prefix, form, column_name
        ) as usual_yuan
    from sheets

),

money as (

    select
        compared.unit_code,
        compared.form,
        compared.period,
        cast(null as {{ dbt.type_string() }}) as row_id,
        compared.submission_id,
        compared.column_name,
        case
            when compared.median_yuan > limits.factor * compared.usual_yuan then 1
            when compared.amounts < limits.amounts_here then 0
            when compared.median_yuan * limits.factor < compared.usual_yuan then 1
            else 0
        end as failed
    from compared
    cross join limits
    where
        compared.amounts_of_county - compared.amounts >= limits.amounts_elsewhere
        and compared.sheets - 1 >= limits.sheets_elsewhere

),

united as (

    select * from money
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
