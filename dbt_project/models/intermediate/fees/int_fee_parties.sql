-- The parties of each case under the keys of the fee's own purpose, so that a second decision on one birth
-- shows. They meet no other register and go no further than the check.
with parties as (

    {% for party in ['party_one_key', 'party_two_key'] %}
    select
        row_id,
        {{ party }} as party_key
    from {{ ref('stg_l11') }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select distinct
    cases.case_key,
    parties.party_key
from {{ ref('int_fee_cases') }} as cases
inner join parties on cases.row_id = parties.row_id
where parties.party_key is not null
