-- Object: a stated figure whose rows we could count. Sums of money are judged at the township office.
with stated as (

    {% for figures in ['int_stated_figures', 'int_stated_rosters', 'int_stated_summaries'] %}
    select
        unit_code,
        form,
        period,
        row_id,
        submission_id,
        counted_submission_id,
        column_name,
        stated,
        counted
    from {{ ref(figures) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

figures as (

    select
        coalesce(units.fee_unit_code, stated.unit_code) as unit_code,
        stated.form,
        stated.period,
        stated.row_id,
        stated.submission_id,
        stated.counted_submission_id,
        stated.column_name,
        stated.stated,
        stated.counted
    from stated
    left join {{ ref('int_fee_units') }} as units
        on
            stated.unit_code = units.unit_code
            and stated.form in ('L10', 'L11', 'L12')

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
