-- Object: a confirmation, once a person, programme and day, whose sheet has the columns of the posting and
-- whose cells of it could be read. Without a posting it fails, and before the posting was over.
with confirmations as (

    select
        *,
        coalesce(posted_to, posted_from) as posted_until,
        row_number() over (
            partition by office_code, coalesce(person_key, row_id), programme, confirmed_date
            order by judged_on asc nulls last, row_id asc nulls last
        ) as place
    from {{ ref('int_benefit_payments') }}
    where confirmed_date is not null and is_posting_unread = 0

),

final as (

    {{ judged(
        'confirmations', check='BC-06', form='L15', day='judged_on', column_name='confirmed_date', unit='office_code',
        applies="place = 1 and (posted_until is not null or posting_result is null)",
        fails='posted_until is null or confirmed_date < posted_until',
        yuan='paid_yuan',
    ) }}

)

{{ check_result('final') }}
