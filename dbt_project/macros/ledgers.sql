{#- Rows of ledgers in force. What belongs here: the one join by which a row of the lake counts. -#}

{% macro in_force(rows) -%}
    inner join {{ ref('int_submissions_current') }} as submissions
        on {{ rows }}.submission_id = submissions.submission_id and {{ rows }}.batch_id = submissions.batch_id
{%- endmacro %}

{# Where the units that file any of these forms lie, by the latest known path: their books stay with the office that
   keeps them today. #}
{% macro places_of_units(forms) -%}
select
    reporting.unit_code,
    min(paths.division_level) as division_level,
    max(case when paths.ancestor_level = 'township' then paths.ancestor_code end) as township_code,
    max(case when paths.ancestor_level = 'county' then paths.ancestor_code end) as county_code
from (
    select distinct
        unit_code,
        division_code
    from {{ ref('int_submissions_current') }}
    where form in ('{{ forms | join("', '") }}')
) as reporting
inner join (
    select
        division_code,
        division_level,
        ancestor_code,
        ancestor_level,
        row_number() over (
            partition by division_code, ancestor_level
            order by valid_to desc nulls last, ancestor_code asc nulls last
        ) as recency
    from {{ ref('int_division_paths') }}
) as paths
    on
        reporting.division_code = paths.division_code
        and paths.recency = 1
group by reporting.unit_code
{%- endmacro %}

{# Cells of these forms' rows in force that are empty because the sheet lacks the column or the reader refused what
   stood there: nobody left them blank. #}
{% macro cells_unread(forms) -%}
select distinct
    ledger.row_id,
    refused.column_name
from (
    {% for form in forms %}
    select
        ledger.row_id,
        ledger.submission_id,
        ledger.batch_id
    from {{ ref('stg_' ~ form | lower) }} as ledger
    {{ in_force('ledger') }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
) as ledger
inner join (
    select
        submission_id,
        batch_id,
        column_name,
        case
            when rule_id <> 'sheet.column_missing'
                then
                    substr(file_sha256, 1, 16)
                    || ':' || {{ text('sheet_no') }} || ':' || {{ text('row_no') }}
        end as row_id
    from {{ ref('stg_quarantine') }}
    where form in ('{{ forms | join("', '") }}') and kind = 'cell' and column_name is not null
) as refused
    on
        ledger.submission_id = refused.submission_id
        and ledger.batch_id = refused.batch_id
        and ledger.row_id = coalesce(refused.row_id, ledger.row_id)
{%- endmacro %}
