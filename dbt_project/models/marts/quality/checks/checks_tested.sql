-- dbt must know at parse time what a model reads, so the checks are listed here; a test fails when one is
-- missing (assert_every_check_is_registered_and_counted). A finding dated outside the known months belongs
-- to the month of the report that told it, so that none goes unpublished.
{% set checks = [
    'SC-01', 'SC-02', 'SC-06', 'SC-07', 'SC-09', 'SC-10', 'SC-11', 'SC-12', 'SC-13', 'AC-01', 'AC-08', 'AC-14', 'AC-19',
    'AC-02', 'AC-03', 'AC-04', 'AC-15', 'AC-24', 'AC-26', 'AC-27', 'AC-28', 'AC-36', 'AC-39',
    'AC-05', 'AC-06', 'AC-07', 'AC-11', 'AC-12', 'AC-17', 'AC-18',
    'AC-09', 'AC-10', 'AC-16', 'AC-31', 'AC-32', 'AC-33',
    'AC-21', 'AC-22', 'AC-23', 'AC-25', 'AC-37', 'AC-20', 'AC-29', 'AC-38',
    'BC-01', 'BC-02', 'BC-03', 'BC-04', 'BC-05', 'BC-06', 'BC-07', 'BC-08', 'BC-09',
] %}

with united as (

    {% for check in checks %}
    select
        cast('{{ check }}' as {{ dbt.type_string() }}) as check_id,
        unit_code,
        form,
        period,
        row_id,
        submission_id,
        against_submission_id,
        column_name,
        tested,
        failed,
        yuan
    from {{ ref('check_' ~ check.lower().replace('-', '_')) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select
    united.check_id,
    united.unit_code,
    united.form,
    coalesce(months.month, submissions.period) as period,
    united.row_id,
    united.submission_id,
    united.against_submission_id,
    united.column_name,
    united.tested,
    united.failed,
    united.yuan
from united
left join {{ ref('int_months_known') }} as months on united.period = months.month
left join {{ ref('int_submissions_current') }} as submissions
    on united.submission_id = submissions.submission_id
