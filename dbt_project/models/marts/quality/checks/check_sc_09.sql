-- Objects: a money column of a sheet, beside the middle of such columns over the sheets of its county; and a
-- row of services that states two measures. In a column ten thousand times too small a few lawful small fees
-- look the same, so that one is judged from a least number of amounts on. What the true amounts are is not
-- known, so no money is added up here.
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

usual as (

    select
        county_prefix,
        form,
        column_name,
        median_yuan as usual_yuan
    from sheets
    where 2 * place in (sheets, sheets + 1)

),

money as (

    select
        sheets.unit_code,
        sheets.form,
        sheets.period,
        cast(null as {{ dbt.type_string() }}) as row_id,
        sheets.submission_id,
        sheets.column_name,
        case
            when sheets.median_yuan > limits.factor * usual.usual_yuan then 1
            when
                sheets.amounts >= limits.amounts_here
                and sheets.median_yuan * limits.factor < usual.usual_yuan
                then 1
            else 0
        end as failed
    from sheets
    inner join usual
        on
            sheets.county_prefix = usual.county_prefix
            and sheets.form = usual.form
            and sheets.column_name = usual.column_name
    cross join limits
    where
        sheets.amounts_of_county - sheets.amounts >= limits.amounts_elsewhere
        and sheets.sheets - 1 >= limits.sheets_elsewhere

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
