# A selector is a position and no quote.
DELETE { ?selector a oa:TextQuoteSelector }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector }
