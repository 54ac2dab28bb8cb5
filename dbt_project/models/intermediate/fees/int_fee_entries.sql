with entries as (

    select * from {{ ref('int_fee_entries_recorded') }}
    union all
    select * from {{ ref('int_fee_annulments') }}
    union all
    select * from {{ ref('int_fee_terminations') }}

),

-- A receipt without a decision on file is posted at the office that issued it.
places as (

    select
        case_key,
        fee_unit_code,
        township_code,
        county_code
    from {{ ref('int_fee_cases') }}
    union all
    select
        receipts.case_key,
        min(receipts.fee_unit_code) as fee_unit_code,
        min(receipts.township_code) as township_code,
        min(receipts.county_code) as county_code
    from {{ ref('int_fee_receipts') }} as receipts
    left join {{ ref('int_fee_cases') }} as cases
        on receipts.case_key = cases.case_key
    where cases.case_key is null
    group by receipts.case_key

),

final as (

    select
        entries.row_id || ':' || entries.flow || ':' || {{ text('entries.event_date') }} as entry_id,
        entries.case_key,
        entries.row_id,
        places.fee_unit_code,
        places.township_code,
        places.county_code,
        entries.event_date,
        entries.flow,
        entries.amount_yuan,
        entries.open_effect_yuan
    from entries
    inner join places
        on entries.case_key = places.case_key

)

select * from final
