# A second span has the selector of the first.
INSERT { her2:span a oa:SpecificResource ; oa:hasSource ?text ; oa:hasSelector ?selector }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector ; oa:hasSource ?text }
