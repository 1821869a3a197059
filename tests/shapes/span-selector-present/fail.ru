# The first sentence loses its selector.
DELETE { ?span oa:hasSelector ?selector }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector }
