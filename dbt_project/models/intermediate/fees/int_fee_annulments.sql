-- An annulment takes back what of the assessment has not already left by waiver, write-off or
-- wind-down, so that what remains due to the party is exactly the principal they have paid.
with annulled as (

    select *
    from {{ ref('int_fee_cases') }}
    where annulled_on is not null and assessed_yuan <> 0

),

earlier as (

    select
        annulled.case_key,
        sum(case
            when entries.flow in ('waived', 'written_off') and entries.event_date <= annulled.annulled_on
                then entries.amount_yuan
            else 0
        end) as left_before_yuan,
        sum(case
            when
                entries.flow = 'assessed'
                or entries.event_date < greatest(annulled.collection_ends_on, annulled.decision_date)
                then entries.open_effect_yuan
            else 0
        end) as open_at_wind_down_yuan
    from annulled
    inner join {{ ref('int_fee_entries_recorded') }} as entries
        on annulled.case_key = entries.case_key
    group by annulled.case_key

),

amounts as (

    select
        annulled.case_key,
        annulled.row_id,
        annulled.annulled_on as event_date,
        annulled.assessed_yuan
        - earlier.left_before_yuan
        - case
            when annulled.annulled_on < annulled.collection_ends_on then 0
            else greatest(earlier.open_at_wind_down_yuan, 0)
        end as amount_yuan
    from annulled
    inner join earlier
        on annulled.case_key = earlier.case_key

),

final as (

    select
        case_key,
        row_id,
        event_date,
        cast('annulled' as {{ dbt.type_string() }}) as flow,
        cast(amount_yuan as decimal(14, 2)) as amount_yuan,
        cast(-amount_yuan as decimal(14, 2)) as open_effect_yuan
    from amounts
    where amount_yuan > 0

)

select * from final
