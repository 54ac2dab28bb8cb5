-- The list of measures is what indicators may be made of; one with {service} in it stands for every service.
with listed as (

    select measure from {{ ref('measures') }}
    union all
    select replace(measures.measure, '{service}', services.service) as measure
    from {{ ref('measures') }} as measures
    cross join {{ ref('services') }} as services

)

select made.measure
from {{ ref('int_measures') }} as made
left join listed on made.measure = listed.measure
where listed.measure is null
group by made.measure
