-- The register of decisions: one row per case, as the latest current sheet shows it.
with decisions as (

    select
        decisions.*,
        submissions.received_on
    from {{ ref('stg_l11') }} as decisions
    {{ in_force('decisions') }}

),

ranked as (

    select
        *,
        coalesce(case_key, row_id) as case_ref,
        min(period) over (partition by coalesce(case_key, row_id)) as first_period,
        row_number() over (
            partition by coalesce(case_key, row_id)
            order by
                period desc nulls last,
                received_on desc nulls last,
                row_id desc nulls last
        ) as recency
    from decisions

),

final as (

    select
        ranked.case_ref as case_key,
        ranked.row_id,
        ranked.submission_id,
        ranked.unit_code,
        units.fee_unit_code,
        units.township_code,
        units.county_code,
        units.collection_ends_on,
        ranked.period,
        ranked.status_code,
        ranked.status_date as status_on,
        ranked.body_code,
        ranked.is_delegated,
        ranked.fact_class,
        ranked.birth_date,
        cast(ranked.first_period || '-01' as date) as listed_on,
        ranked.file_date as filed_on,
        ranked.decision_date,
        ranked.service_date,
        ranked.due_date,
        coalesce(
            ranked.due_date, cast({{ dbt.dateadd('day', 30, 'ranked.service_date') }} as date)
        ) as due_on,
        case
            when ranked.status_code = 'annulled'
                then coalesce(ranked.status_date, last_day(cast(ranked.period || '-01' as date)))
        end as annulled_on,
        ranked.waived_date as waived_on,
        ranked.written_off_date as written_off_on,
        ranked.instalment_request_date as instalments_asked_on,
        ranked.instalment_approval_date as instalments_granted_on,
        case
            when ranked.instalment_approval_date is not null or ranked.instalment_plan > 0 then 1
            else 0
        end as has_instalments,
        case
            when coalesce(ranked.review_code, 'none') <> 'none' or ranked.review_date is not null then 1
            else 0
        end as has_review,
        ranked.review_date as reviewed_on,
        case when ranked.review_code is null and ranked.review_date is null then 0 else 1 end
            as is_review_told,
        ranked.court_application_date as court_applied_on,
        ranked.base_income_yuan,
        ranked.multiple,
        case
            when ranked.decision_date is not null and coalesce(ranked.status_code, '') <> 'no_levy'
                then ranked.amount_yuan
        end as assessed_yuan,
        ranked.waived_yuan,
        ranked.written_off_yuan
    from ranked
    inner join {{ ref('int_fee_units') }} as units
        on ranked.unit_code = units.unit_code
    where ranked.recency = 1

)

select * from final
