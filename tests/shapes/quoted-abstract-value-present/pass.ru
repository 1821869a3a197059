# A second abstract without its characters, from which nothing quotes.
INSERT { <https://w3id.org/her2ld/record/10.1007_BF02967477/other-abstract-1> a her2:AbstractText ; dcterms:isPartOf ?paper ; her2:sha256 ?digest }
WHERE  { ?text a her2:AbstractText ; dcterms:isPartOf ?paper ; her2:sha256 ?digest }
