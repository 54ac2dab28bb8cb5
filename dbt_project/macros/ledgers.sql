{#- Rows of ledgers in force. What belongs here: the one join by which a row of the lake counts. -#}

{% macro in_force(rows) -%}
    inner join {{ ref('int_submissions_current') }} as submissions
        on {{ rows }}.submission_id = submissions.submission_id and {{ rows }}.batch_id = submissions.batch_id
{%- endmacro %}
