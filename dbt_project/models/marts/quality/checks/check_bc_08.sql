-- Object: a line of funding that states what was spent and what is left over. Where a sheet has no column
-- of what came in, its budget is that. What the year before left over may be in the balance or not.
with lines as (

    select
        lines.*,
        coalesce(lines.received_yuan, lines.budget_yuan) - lines.spent_yuan - coalesce(lines.returned_yuan, 0)
        - lines.balance_yuan as missing_yuan,
        coalesce(before.balance_yuan, 0) as carried_yuan
    from {{ ref('int_funding_lines') }} as lines
    left join {{ ref('int_funding_lines') }} as before
        on
            lines.office_code = before.office_code
            and lines.source_code = before.source_code
            and lines.subject_code = before.subject_code
            and lines.fund_year = before.fund_year + 1

),

final as (

    {{ judged(
        'lines', check='BC-08', form='L19', day='judged_on', column_name='balance_yuan', unit='office_code',
        applies='missing_yuan is not null',
        fails='missing_yuan <> 0 and missing_yuan + carried_yuan <> 0',
        yuan='abs(missing_yuan)',
    ) }}

)

{{ check_result('final') }}
