"""From pages to files: workbooks, texts and bundles under the day on which they are received."""
