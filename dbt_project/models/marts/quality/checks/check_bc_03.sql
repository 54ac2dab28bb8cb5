-- Object: what one person has of a programme for a span of months, once it is paid or was due. It is held
-- against what the ledger states as due or as its standard, and against the standards in force that are
-- loaded.
with payments as (

    select
        payments.*,
        coalesce(payments.person_key, payments.row_id) as payee,
        coalesce(payments.from_month, payments.row_id) as span_from,
        coalesce(payments.to_month, payments.row_id) as span_to,
        case
            when
                payments.paid_date is not null
                or payments.due_date < (
                    select max(months.month_end) from {{ ref('int_months_known') }} as months
                )
                then 1
            else 0
        end as is_over
    from {{ ref('int_benefit_payments') }} as payments

),

minima as (

    select
        payments.row_id,
        max(standards.month_yuan) * (
            {{ month_count('payments.to_month') }} - {{ month_count('payments.from_month') }} + 1
        ) as minimum_yuan
    from payments
    inner join {{ ref('benefit_standards') }} as standards
        on
            payments.programme = standards.programme
            and (standards.area_prefix = '00' or payments.county_code like (standards.area_prefix || '%'))
            and cast(payments.from_month || '-01' as date) >= standards.valid_from
            and cast(payments.to_month || '-01' as date) < standards.valid_to
    where {{ month_count('payments.to_month') }} - {{ month_count('payments.from_month') }} between 0 and 11
    group by payments.row_id, payments.from_month, payments.to_month

),

summed as (

    select
        payments.*,
        {% set span = 'partition by payments.office_code, payments.payee, payments.programme, '
            ~ 'payments.span_from, payments.span_to' %}
        sum(payments.paid_yuan) over ({{ span }}) as span_paid_yuan,
        sum(payments.due_yuan) over ({{ span }}) as span_due_yuan,
        max(greatest(payments.standard_due_yuan, minima.minimum_yuan))
            over ({{ span }}) as span_standard_yuan,
        max(payments.is_over) over ({{ span }}) as is_span_over,
        count(*) over ({{ span }}) - count(payments.paid_yuan) over ({{ span }}) as payments_unread,
        row_number() over (
            {{ span }}
            order by payments.judged_on desc nulls last, payments.row_id desc nulls last
        ) as recency
    from payments
    left join minima on payments.row_id = minima.row_id

),

compared as (

    select
        *,
        greatest(span_due_yuan, span_standard_yuan) as worth_yuan
    from summed
    where recency = 1 and is_span_over = 1 and payments_unread = 0

),

final as (

    {{ judged(
        'compared', check='BC-03', form='L15', day='judged_on', column_name='paid_yuan', unit='office_code',
        applies='worth_yuan > 0',
        fails='span_paid_yuan < worth_yuan',
        yuan='worth_yuan - span_paid_yuan',
    ) }}

)

{{ check_result('final') }}
