# The abstract loses its characters, and one quote of it, too.
DELETE { ?text rdf:value ?value . ?selector oa:exact ?words }
WHERE  {
  ?text a her2:AbstractText ; rdf:value ?value .
  ?quote oa:hasSource ?text ; oa:hasSelector ?selector .
  ?selector oa:exact ?words .
  FILTER(?words = "the HER-2/neu proto-oncogene")
}
