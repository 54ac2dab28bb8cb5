-- By law every open principal is terminated on that day, whatever the ledgers go on to say.
select
    balances.case_key,
    balances.event_date
from {{ ref('int_fee_case_balances') }} as balances
inner join {{ ref('int_fee_cases') }} as cases on balances.case_key = cases.case_key
where balances.event_date >= cases.collection_ends_on and balances.outstanding_yuan > 0
