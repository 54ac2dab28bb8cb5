-- Why the others differ from the subledger: the surcharge left out, refunds not taken off, money booked a
-- month later. Each reading is tried in full and the simplest that leaves nothing is taken; else nothing is
-- guessed.
{% set readings = [(0, 0), (1, 0), (0, 1), (1, 1)] %}
with readings as (

    {% for surcharge, refund in readings %}
    select
        matched.*,
        months.month_no,
        {{ loop.index }} as reading,
        -{{ surcharge }} * matched.surcharge_yuan as surcharge_left_out_yuan,
        {{ refund }} * matched.back_yuan as refund_not_netted_yuan,
        matched.difference_yuan + {{ surcharge }} * matched.surcharge_yuan
        - {{ refund }} * matched.back_yuan as rest_yuan
    from {{ ref('int_fee_matched') }} as matched
    inner join {{ ref('calendar_months') }} as months on matched.month = months.month
    where matched.status = 'ran'
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

neighbours as (

    select
        *,
        lag(rest_yuan) over (
            partition by division_code, source, reading order by month_no asc nulls last
        ) as before_yuan,
        month_no - lag(month_no) over (
            partition by division_code, source, reading order by month_no asc nulls last
        ) as months_before,
        lead(rest_yuan) over (
            partition by division_code, source, reading order by month_no asc nulls last
        ) as after_yuan,
        lead(month_no) over (
            partition by division_code, source, reading order by month_no asc nulls last
        ) - month_no as months_after
    from readings

),

judged as (

    select
        *,
        case
            when rest_yuan = 0 then 0
            when rest_yuan < 0 and months_after = 1 and rest_yuan + after_yuan = 0 then 1
            when rest_yuan > 0 and months_before = 1 and rest_yuan + before_yuan = 0 then 1
            else 2
        end as left_over
    from neighbours

),

ranked as (

    select
        *,
        row_number() over (
            partition by division_code, source, month
            order by left_over asc nulls last, reading asc nulls last
        ) as place
    from judged

)

select
    division_code,
    source,
    month,
    cast(surcharge_left_out_yuan as decimal(14, 2)) as surcharge_left_out_yuan,
    cast(refund_not_netted_yuan as decimal(14, 2)) as refund_not_netted_yuan,
    cast(case when left_over = 1 then rest_yuan else 0 end as decimal(14, 2)) as timing_yuan,
    cast(case when left_over = 2 then rest_yuan else 0 end as decimal(14, 2)) as unexplained_yuan
from ranked
where place = 1
