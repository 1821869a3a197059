# The first sentence loses its place.
DELETE { ?span her2:order ?order }
WHERE  { ?span a her2:Sentence ; her2:order ?order FILTER(?order = 1) }
