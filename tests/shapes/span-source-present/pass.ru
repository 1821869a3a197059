# The first sentence is said to be quoted from what is both a title and an abstract of the same words.
INSERT { ?text a her2:AbstractText, her2:RecordText }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSource ?text }
