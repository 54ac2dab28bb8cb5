-- Payments of people with a number, beside what else the ledgers say of them: months paid for after the
-- month of death, and payments for months that an earlier one was for. Two that together stay within what
-- those months are worth are instalments; what was taken back does not count.
with payments as (

    select
        payments.*,
        people.sex,
        people.death_month,
        coalesce(payments.birth_month, people.birth_month) as born_in,
        payments.paid_yuan - payments.reclaimed_yuan as kept_yuan,
        greatest(payments.standard_due_yuan, payments.due_yuan) as worth_yuan,
        row_number() over (
            partition by payments.person_key, payments.programme
            order by
                payments.judged_on asc nulls last,
                payments.application_date asc nulls last,
                payments.period asc nulls last,
                payments.row_id asc nulls last
        ) as place
    from {{ ref('int_benefit_payments') }} as payments
    left join {{ ref('int_benefit_people') }} as people on payments.person_key = people.person_key
    where payments.person_key is not null

),

beside as (

    select
        later.row_id,
        max(case when later.place > other.place and other.kept_yuan > 0 then other.submission_id end)
            as earlier_submission_id,
        sum(other.kept_yuan) as other_yuan
    from payments as later
    inner join payments as other
        on
            later.person_key = other.person_key
            and later.programme = other.programme
            and later.row_id <> other.row_id
            and case
                when (later.from_month || later.to_month || other.from_month || other.to_month) is not null
                    then later.from_month <= other.to_month and later.to_month >= other.from_month
                else later.benefit_year = other.benefit_year
            end
    group by later.row_id

)

select
    payments.row_id,
    payments.submission_id,
    payments.office_code,
    payments.county_code,
    payments.programme,
    payments.benefit_year,
    payments.person_key,
    payments.sex,
    payments.born_in,
    payments.from_month,
    payments.to_month,
    payments.judged_on,
    payments.paid_yuan,
    payments.kept_yuan,
    case
        when payments.to_month > payments.death_month
            then
                {{ month_count('payments.to_month') }} - greatest(
                    {{ month_count('payments.death_month') }}, {{ month_count('payments.from_month') }} - 1
                )
        else 0
    end as months_after_death,
    payments.standard_yuan,
    beside.earlier_submission_id,
    case
        when
            payments.kept_yuan > 0
            and beside.earlier_submission_id is not null
            and coalesce(payments.kept_yuan + beside.other_yuan > payments.worth_yuan, true) then 1
        else 0
    end as is_repeated
from payments
left join beside on payments.row_id = beside.row_id
