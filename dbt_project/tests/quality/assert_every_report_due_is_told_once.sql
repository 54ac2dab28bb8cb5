-- A report that was due came in time, came late, was refused or is missing; nothing else is asked for.
select
    unit_code,
    form,
    period_start
from {{ ref('mart_submission_board') }}
where
    case when is_due then 1 else 0 end
    <> case when is_on_time then 1 else 0 end
    + case when is_late then 1 else 0 end
    + case when is_due and state = 'received' then 1 else 0 end
    + case when state = 'missing' then 1 else 0 end
