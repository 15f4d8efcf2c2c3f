"""Where a poverty tag comes from: people's decisions, the region's lists, official tags, proposals; and their order.

Must not read or write office files, nor know what a document is.
"""
