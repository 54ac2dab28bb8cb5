-- Object: a village-month whose reported closing can be compared.
with balances as (

    select
        division_code,
        substr(cast(period_start as {{ dbt.type_string() }}), 1, 7) as period,
        residual
    from {{ ref('mart_population_balance') }}
    where
        division_level = 'village'
        and period_type = 'month'
        and basis = 'reported'
        and residual is not null

),

reports as (

    select * from {{ ref('int_l16_current') }}

),

final as (

    select
        balances.division_code as unit_code,
        'L16' as form,
        balances.period,
        reports.row_id,
        reports.submission_id,
        cast(null as {{ dbt.type_string() }}) as against_submission_id,
        'closing' as column_name,
        1 as tested,
        case when balances.residual <> 0 then 1 else 0 end as failed,
        0 as yuan
    from balances
    inner join reports
        on
            balances.division_code = reports.unit_code
            and balances.period = reports.period

)

{{ check_result('final') }}
