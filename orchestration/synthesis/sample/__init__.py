"""The sample county: six months of fourteen villages, small enough to resolve every blemish by hand."""
