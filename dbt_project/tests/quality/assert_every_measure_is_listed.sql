-- The list of measures is what indicators may be made of; a table and column in braces stand for its rows.
with listed as (

    select measure from {{ ref('measures') }}
    union all
    select replace(measures.measure, '{services.service}', services.service) as measure
    from {{ ref('measures') }} as measures
    cross join {{ ref('services') }} as services

)

select made.measure
from {{ ref('int_measures') }} as made
left join listed on made.measure = listed.measure
where listed.measure is null
group by made.measure
