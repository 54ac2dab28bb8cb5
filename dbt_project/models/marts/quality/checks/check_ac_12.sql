-- Object: a decision with a multiple, in an area, of a class and on a day for which a standard is loaded.
with matched as (

    select
        cases.*,
        standards.least_multiple,
        standards.greatest_multiple,
        row_number() over (
            partition by cases.case_key
            order by length(standards.area_prefix) desc nulls last
        ) as specificity
    from {{ ref('int_fee_cases') }} as cases
    inner join {{ ref('fee_multiples') }} as standards
        on
            cases.fact_class = standards.fact_class
            and cases.decision_date >= standards.valid_from
            and cases.decision_date < standards.valid_to
            and cases.county_code like (standards.area_prefix || '%')

),

final as (

    {{ judged(
        'matched', check='AC-12', form='L11', day='decision_date', column_name='multiple',
        applies='specificity = 1 and assessed_yuan is not null and multiple is not null',
        fails='multiple < least_multiple or multiple > greatest_multiple',
        yuan='assessed_yuan',
    ) }}

)

{{ check_result('final') }}
