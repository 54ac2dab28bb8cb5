-- What one account gains another gives: an entry whose sides do not cancel would create money.
select
    entry_id,
    sum(signed_yuan) as left_over_yuan
from {{ ref('int_fee_postings') }}
group by entry_id
having sum(signed_yuan) <> 0 or count(*) <> 2 or count(account) <> 2
