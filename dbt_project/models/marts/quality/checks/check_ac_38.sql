-- Object: a unit's own statement of a month (finance or report) beside the receipts of its division.
with statements as (

    select
        submissions.unit_code,
        submissions.submission_id,
        submissions.form,
        stated.month,
        stated.source,
        coalesce(stated.township_code, stated.county_code) as division_code
    from {{ ref('int_fee_stated') }} as stated
    inner join {{ ref('int_submissions_current') }} as submissions
        on
            stated.unit_code = submissions.unit_code
            and stated.form = submissions.form
            and stated.month = submissions.period

),

matched as (

    select
        statements.unit_code as fee_unit_code,
        statements.form,
        statements.submission_id,
        matched.month_start,
        matched.difference_yuan,
        cast(null as {{ dbt.type_string() }}) as row_id
    from statements
    inner join {{ ref('int_fee_matched') }} as matched
        on
            statements.division_code = matched.division_code
            and statements.month = matched.month
            and statements.source = matched.source
    where matched.status = 'ran'

),

final as (

    {% for form, column in [('L22', 'amount_yuan'), ('L23', 'collected_yuan')] %}
    {{ judged(
        'matched', check='AC-38', form=form, day='month_start', column_name=column,
        applies="form = '" ~ form ~ "'", fails='difference_yuan <> 0', yuan='abs(difference_yuan)',
    ) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

{{ check_result('final') }}
