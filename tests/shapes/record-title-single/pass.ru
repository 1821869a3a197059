# A short title comes beside the title, under a property of its own.
INSERT { ?paper dcterms:alternative "HER2 overexpression in breast cancer" }
WHERE  { ?paper a fabio:Article }
