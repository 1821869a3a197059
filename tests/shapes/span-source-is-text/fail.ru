# The first sentence is quoted from the paper itself.
DELETE { ?span oa:hasSource ?text }
INSERT { ?span oa:hasSource ?paper }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSource ?text . ?text dcterms:isPartOf ?paper }
