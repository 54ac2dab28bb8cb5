-- Object: a case and day with money from the court. It fails if that is more than was open, with the lawful
-- surcharge not yet paid and the costs of enforcement.
with receipts as (

    select
        *,
        sum(surcharge_yuan - surcharge_refunded_yuan) over (
            partition by case_key
            order by payment_date asc nulls last
            range between unbounded preceding and current row
        ) as charged_yuan
    from {{ ref('int_fee_receipts') }}
    where assessed_yuan is not null

),

days as (

    select
        case_key,
        fee_unit_code,
        payment_date,
        max(row_id) as row_id,
        max(submission_id) as submission_id,
        sum(collected_yuan + surcharge_yuan) as recovered_yuan,
        max(charged_yuan) - sum(surcharge_yuan) as charged_before_yuan
    from receipts
    where channel_code = 'court' and mark_code = 'normal'
    group by case_key, fee_unit_code, payment_date

),

compared as (

    select
        days.*,
        balances.outstanding_yuan - balances.outstanding_change_yuan as open_yuan,
        greatest(coalesce(lawful.lawful_to_date_yuan, 0) - days.charged_before_yuan, 0)
        + coalesce(lawful.unpaid_yuan * lawful.surcharge_rate_month, 0) as surcharge_yuan
    from days
    inner join {{ ref('int_fee_case_balances') }} as balances
        on
            days.case_key = balances.case_key
            and days.payment_date = balances.event_date
    left join {{ ref('int_fee_surcharge_lawful') }} as lawful
        on
            days.case_key = lawful.case_key
            and days.payment_date = lawful.segment_end

),

excesses as (

    select
        *,
        recovered_yuan - open_yuan - surcharge_yuan
        - {{ check_limit('AC-33', 'least_costs_yuan') }}
        - open_yuan * {{ check_limit('AC-33', 'costs_share') }} as excess_yuan
    from compared

),

final as (

    {{ judged(
        'excesses', check='AC-33', form='L12', day='payment_date', column_name='amount_yuan',
        applies='recovered_yuan > 0',
        fails='excess_yuan > 0',
        yuan='recovered_yuan - open_yuan - surcharge_yuan',
    ) }}

)

{{ check_result('final') }}
