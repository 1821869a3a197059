# A span that is no sentence has no place: the first sentence is one no longer.
DELETE { ?span a her2:Sentence ; her2:order 1 }
WHERE  { ?span a her2:Sentence ; her2:order 1 }
