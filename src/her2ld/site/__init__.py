"""The pages and the RDF of every thing as a folder of files, for any web host or for none."""
