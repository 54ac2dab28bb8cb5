-- How far a place lies from the village that wrote it; NULL: not known. A code may be cut short (GB/T 2260:
-- 01 to 20 in digits five and six are districts of a city), a word says what it lies beyond.
{% set words = "('village', 'township', 'county', 'province', 'country')" %}
with written as (

{% for ledger, place, month in [
    ('int_l05_current', 'other_division', 'period'),
    ('int_l05_current', 'other_division', month_of('move_date')),
    ('int_l06_current', 'other_area', 'period'),
] %}
    select
        unit_code,
        {{ place }} as place,
        {{ month }} as month
    from {{ ref(ledger) }}
    where {{ place }} is not null
    {% if not loop.last %}union{% endif %}
    {% endfor %}
),

parsed as (

    select
        written.unit_code,
        written.place,
        written.month,
        months.month_start,
        case when written.place in {{ words }} then written.place end as word,
        case when written.place not in {{ words }} then written.place end as code,
        substr(written.unit_code, 5, 2) between '01' and '20' as is_in_district
    from written
    inner join {{ ref('calendar_months') }} as months on written.month = months.month

),

townships as (

    select * from {{ ref('int_division_paths') }}
    where ancestor_level = 'township'

),

lasting as (

    select
        division_code,
        min(ancestor_code) as ancestor_code
    from townships
    group by division_code
    having min(ancestor_code) = max(ancestor_code)

),

located as (

    select
        parsed.*,
        own.ancestor_code as own_township,
        case
            when parsed.word = 'village' then own.ancestor_code
            else coalesce(far.ancestor_code, lasting.ancestor_code)
        end as far_township,
        case
            when parsed.word is not null then parsed.word not in ('village', 'township')
            when parsed.unit_code not like substr(parsed.code, 1, 6) || '%' then true
            when length(parsed.code) >= 6 then false
        end as is_other_county
    from parsed
    left join townships as own
        on
            parsed.unit_code = own.division_code
            and parsed.month_start >= own.valid_from
            and parsed.month_start < own.valid_to
    left join townships as far
        on
            parsed.code = far.division_code
            and parsed.month_start >= far.valid_from
            and parsed.month_start < far.valid_to
    left join lasting on parsed.code = lasting.division_code

)

select
    unit_code,
    place,
    month,
    far_township,
    case
        when is_other_county or word = 'township' then true
        when word = 'village' then false
        when length(code) = 12 then far_township <> own_township
    end as is_other_township,
    is_other_county,
    coalesce(word in ('province', 'country'), left(code, 2) <> left(unit_code, 2)) as is_other_province,
    case
        when not is_in_district or word <> 'county' then false
        when unit_code not like substr(code, 1, 4) || '%' then false
        when length(code) >= 6 then is_other_county and substr(code, 5, 2) between '01' and '20'
    end as is_district_of_same_city
from located
