-- The subledger beside each of the others, by division and month. A county is told by its own sheet, or by
-- those of all its townships; where either side is missing there is nothing to match.
with offices as (

    select
        months.*,
        case when books.month is null then 0 else 1 end as is_whole
    from {{ ref('int_treasury_months') }} as months
    left join {{ ref('int_fee_books_known') }} as books
        on months.fee_unit_code = books.fee_unit_code and months.month = books.month and books.form = 'L12'

),

subledger as (

    {% for level in ['township', 'county'] %}
    select
        {{ level }}_code as division_code,
        {{ text("'" ~ level ~ "'") }} as division_level,
        month,
        month_start,
        month_end,
        min(is_whole) as is_whole,
        count(distinct township_code) as townships,
        sum(surcharge_yuan) as surcharge_yuan,
        sum(refunded_yuan + surcharge_refunded_yuan) as back_yuan,
        sum(collected_yuan + surcharge_yuan - refunded_yuan - surcharge_refunded_yuan) as subledger_yuan
    from offices
    group by {{ level }}_code, month, month_start, month_end
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

told as (

    select
        township_code as division_code,
        source,
        month,
        case when count(stated_yuan) = count(*) then sum(stated_yuan) end as stated_yuan,
        1 as townships,
        0 as is_own
    from {{ ref('int_fee_stated') }}
    where township_code is not null
    group by township_code, source, month
    union all
    select
        county_code as division_code,
        source,
        month,
        sum(stated_yuan) as stated_yuan,
        count(distinct township_code) as townships,
        case when township_code is null then 1 else 0 end as is_own
    from {{ ref('int_fee_stated') }}
    where stated_yuan is not null
    group by county_code, source, month, case when township_code is null then 1 else 0 end

),

matched as (

    {% for source in ['finance', 'report'] %}
    select
        subledger.*,
        '{{ source }}' as source,
        coalesce(own.stated_yuan, parts.stated_yuan) as stated_yuan
    from subledger
    left join told as own
        on
            subledger.division_code = own.division_code
            and subledger.month = own.month
            and own.source = '{{ source }}'
            and own.is_own = 1
    left join told as parts
        on
            subledger.division_code = parts.division_code
            and subledger.month = parts.month
            and parts.source = '{{ source }}'
            and parts.is_own = 0
            and subledger.townships = parts.townships
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select
    division_code,
    division_level,
    month,
    month_start,
    month_end,
    source,
    case when is_whole = 1 and stated_yuan is not null then 'ran' else 'no_data' end as status,
    cast(surcharge_yuan as decimal(14, 2)) as surcharge_yuan,
    cast(back_yuan as decimal(14, 2)) as back_yuan,
    case when is_whole = 1 then cast(subledger_yuan as decimal(14, 2)) end as subledger_yuan,
    cast(stated_yuan as decimal(14, 2)) as stated_yuan,
    case when is_whole = 1 then cast(stated_yuan - subledger_yuan as decimal(14, 2)) end as difference_yuan
from matched
