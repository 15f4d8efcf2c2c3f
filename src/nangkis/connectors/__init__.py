"""Knows web services that publish indicators (BPS, World Bank): how they are asked, how an answer is kept as a file.

The only room that uses the network, one request at a time; a key is sent and never kept. Must not read meaning into an
answer: intake does, from the kept file.
"""
