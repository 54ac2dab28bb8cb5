-- Object: a decision of which the birth and a party are known. It fails if another office decided before on
-- the same birth against the same party, and had not annulled that decision by then.
with decisions as (

    select
        cases.case_key,
        cases.row_id,
        cases.submission_id,
        cases.fee_unit_code,
        cases.birth_date,
        cases.decision_date,
        cases.annulled_on,
        cases.assessed_yuan,
        parties.party_key
    from {{ ref('int_fee_cases') }} as cases
    inner join {{ ref('int_fee_parties') }} as parties on cases.case_key = parties.case_key
    where cases.assessed_yuan is not null and cases.birth_date is not null

),

pairs as (

    select
        later.case_key,
        min(earlier.submission_id) as earlier_submission_id
    from decisions as later
    inner join decisions as earlier
        on
            later.party_key = earlier.party_key
            and later.birth_date = earlier.birth_date
            and later.fee_unit_code <> earlier.fee_unit_code
    where
        (
            later.decision_date > earlier.decision_date
            or (later.decision_date = earlier.decision_date and later.row_id > earlier.row_id)
        )
        and later.decision_date < coalesce(earlier.annulled_on, cast('9999-12-31' as date))
    group by later.case_key

),

cases as (

    select
        decisions.case_key,
        decisions.row_id,
        decisions.submission_id,
        decisions.fee_unit_code,
        decisions.decision_date,
        decisions.assessed_yuan,
        max(pairs.earlier_submission_id) as earlier_submission_id
    from decisions
    left join pairs on decisions.case_key = pairs.case_key
    group by
        decisions.case_key,
        decisions.row_id,
        decisions.submission_id,
        decisions.fee_unit_code,
        decisions.decision_date,
        decisions.assessed_yuan

),

final as (

    {{ judged(
        'cases', check='AC-34', form='L11', day='decision_date', column_name='birth_date',
        applies='row_id is not null',
        fails='earlier_submission_id is not null',
        yuan='assessed_yuan',
        against='earlier_submission_id',
    ) }}

)

{{ check_result('final') }}
