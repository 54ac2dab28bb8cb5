"""Is a candidate fit to publish, who said so of which bytes, and how does anybody check it later?"""
