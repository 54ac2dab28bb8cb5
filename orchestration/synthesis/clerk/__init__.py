"""From the truth to pages: what stands in the cells, in the words of each township's clerks."""
