# The title is part of the paper and of the journal.
INSERT { ?text dcterms:isPartOf <https://portal.issn.org/resource/ISSN/1340-6868> }
WHERE  { ?text a her2:TitleText }
