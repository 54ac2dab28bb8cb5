-- Object: a stated figure whose rows we could count. Sums of money are judged at the township office.
with figures as (

    select
        coalesce(units.fee_unit_code, figures.unit_code) as unit_code,
        figures.form,
        figures.period,
        figures.row_id,
        figures.submission_id,
        figures.counted_submission_id,
        figures.column_name,
        figures.stated,
        figures.counted
    from {{ ref('int_stated_figures') }} as figures
    left join {{ ref('int_fee_units') }} as units
        on
            figures.unit_code = units.unit_code
            and figures.form in ('L10', 'L11', 'L12')

),

final as (

    select
        unit_code,
        form,
        period,
        row_id,
        submission_id,
        counted_submission_id as against_submission_id,
        column_name,
        1 as tested,
        case when stated <> counted then 1 else 0 end as failed,
        case when column_name like '%yuan' then abs(stated - counted) else 0 end as yuan
    from figures

)

{{ check_result('final') }}
