-- The population that a unit states for the end of a month (L16 closing, L07 population) beside the persons
-- on the roster of its month, with or without a readable ID number. Who is marked as gone, or came later,
-- is not counted. Some villages count everybody on the list, others only who is registered there: the count
-- nearer to what is stated is the one that is meant.
with persons as (

    select
        submission_id,
        unit_code,
        period,
        count(*) as listed,
        sum(is_registered) as registered
    from {{ ref('int_roster_persons') }}
    group by submission_id, unit_code, period

),

stated as (

    {% for form, figure in [('L16', 'closing'), ('L07', 'population')] %}
    select
        '{{ form }}' as form,
        '{{ figure }}' as column_name,
        unit_code,
        period,
        row_id,
        submission_id,
        {{ figure }} as persons
    from {{ ref('int_' ~ form.lower() ~ '_current') }}
    where {{ figure }} is not null
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (

    select
        stated.unit_code,
        stated.form,
        stated.period,
        stated.column_name,
        stated.row_id,
        stated.submission_id,
        persons.submission_id as counted_submission_id,
        cast(stated.persons as decimal(18, 2)) as stated,
        cast(
            case
                when abs(stated.persons - persons.registered) <= abs(stated.persons - persons.listed)
                    then persons.registered
                else persons.listed
            end as decimal(18, 2)
        ) as counted
    from stated
    inner join persons
        on
            stated.unit_code = persons.unit_code
            and stated.period = persons.period

)

select * from final
