-- The list of measures is what indicators may be made of; a table and column in braces stand for its rows.
with listed as (

    select measure from {{ ref('measures') }}
    union all
    select replace(measures.measure, '{services.service}', services.service) as measure
    from {{ ref('measures') }} as measures
    cross join {{ ref('services') }} as services
    union all
    select replace(measures.measure, '{float_definitions.float_def}', definitions.float_def) as measure
    from {{ ref('measures') }} as measures
    cross join {{ ref('float_definitions') }} as definitions
    union all
    select replace(measures.measure, '{benefit_programmes.programme}', programmes.programme) as measure
    from {{ ref('measures') }} as measures
    cross join {{ ref('benefit_programmes') }} as programmes

)

select made.measure
from {{ ref('int_measures') }} as made
left join listed on made.measure = listed.measure
where listed.measure is null
group by made.measure
