-- How many versions of a report came, when the first of them did, and whether the newest was refused.
with final as (

    select
        unit_code,
        form,
        period,
        count(*) as versions_received,
        sum(case when is_accepted then 0 else 1 end) as versions_refused,
        min(received_on) as first_received_on,
        max(case when version_order = 1 and not is_accepted then 1 else 0 end) as is_newest_refused
    from {{ ref('int_submissions_read') }}
    group by unit_code, form, period

)

select * from final
