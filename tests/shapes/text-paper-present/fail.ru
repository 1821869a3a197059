# The title is part of the journal and not of the paper.
DELETE { ?text dcterms:isPartOf ?paper }
INSERT { ?text dcterms:isPartOf <https://portal.issn.org/resource/ISSN/1340-6868> }
WHERE  { ?text a her2:TitleText ; dcterms:isPartOf ?paper }
