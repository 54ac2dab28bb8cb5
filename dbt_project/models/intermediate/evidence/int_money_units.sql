-- Money columns of sheets beside the middle of such columns over the sheets of their county: ten thousand
-- times off is the wrong unit. In a column too small a few lawful small fees look the same, so that one is
-- judged from a least number of amounts on. So is a surcharge either way: a single one grows with the years
-- owed.
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

final as (

    select
        sheets.unit_code,
        sheets.form,
        sheets.period,
        sheets.submission_id,
        sheets.column_name,
        case
            when sheets.column_name = 'surcharge_yuan' and sheets.amounts < limits.amounts_here then 0
            when sheets.median_yuan > limits.factor * usual.usual_yuan then 1
            when
                sheets.amounts >= limits.amounts_here
                and sheets.median_yuan * limits.factor < usual.usual_yuan
                then 1
            else 0
        end as is_off
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

)

select * from final
