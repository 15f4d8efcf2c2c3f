"""Tools of the project itself: generated pages and tables of public facts."""
