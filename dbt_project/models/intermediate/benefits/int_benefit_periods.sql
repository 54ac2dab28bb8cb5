-- Each person once a division, programme and year; a sum that is not known of one of them is not known.
-- Programmes of bereaved and disabled families stop at the county.
{% set year_of = 'cast(substr(cast(periods.period_start as ' ~ dbt.type_string() ~ '), 1, 4) as integer)' %}
with payments as (

    select
        *,
        case
            when
                due_date < (select max(months.month_end) from {{ ref('int_months_known') }} as months)
                and (paid_date is not null or paid_yuan <= 0) then 1
            else 0
        end as is_due,
        case when paid_yuan > 0 and paid_date <= due_date then 1 else 0 end as is_on_time
    from {{ ref('int_benefit_payments') }}

),

people as (

    {% for level in ['township', 'county'] %}
    select
        payments.{{ level }}_code as division_code,
        '{{ level }}' as division_level,
        payments.programme,
        payments.benefit_year,
        payments.recipient,
        case
            when max(payments.is_confirmed) = 1 then 1
            when count(payments.is_confirmed) = count(*) then 0
        end as is_confirmed,
        case when count(payments.due_yuan) = count(*) then sum(payments.due_yuan) end as due_yuan,
        case when count(payments.paid_yuan) = count(*) then sum(payments.paid_yuan) end as paid_yuan,
        sum(payments.is_due) as payments_due,
        sum(payments.is_due * payments.is_on_time) as on_time_payments
    from payments
    inner join {{ ref('benefit_programmes') }} as programmes on payments.programme = programmes.programme
    where
        payments.{{ level }}_code is not null
        and programmes.least_level in ('{{ level }}', 'township')
    group by payments.{{ level }}_code, payments.programme, payments.benefit_year, payments.recipient
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select
    people.division_code,
    people.division_level,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.calendar,
    people.programme,
    case when count(people.is_confirmed) = count(*) then sum(people.is_confirmed) end as confirmed,
    case
        when count(people.paid_yuan) = count(*) then sum(case when people.paid_yuan > 0 then 1 else 0 end)
    end as paid_persons,
    case
        when count(people.paid_yuan + people.is_confirmed) = count(*)
            then sum(case when people.paid_yuan > 0 then people.is_confirmed else 0 end)
    end as confirmed_paid_persons,
    case
        when count(people.paid_yuan + people.due_yuan + people.is_confirmed) = count(*)
            then sum(case when people.paid_yuan >= people.due_yuan then people.is_confirmed else 0 end)
    end as in_full_persons,
    case when count(people.due_yuan) = count(*) then sum(people.due_yuan) end as due_yuan,
    case when count(people.paid_yuan) = count(*) then sum(people.paid_yuan) end as paid_yuan,
    nullif(sum(people.payments_due), 0) as payments_due,
    case when sum(people.payments_due) > 0 then sum(people.on_time_payments) end as on_time_payments
from people
inner join {{ ref('int_periods') }} as periods
    on
        periods.period_type = 'year'
        and people.benefit_year = {{ year_of }}
group by
    people.division_code,
    people.division_level,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.calendar,
    people.programme
