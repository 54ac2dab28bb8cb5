-- Cells of decisions and receipts that are empty because the sheet lacks the column or the reader refused
-- what stood there: nobody left them blank.
{{ cells_unread(['L11', 'L12']) }}
