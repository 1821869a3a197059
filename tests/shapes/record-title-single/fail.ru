# A short title comes beside the title.
INSERT { ?paper dcterms:title "HER2 overexpression in breast cancer" }
WHERE  { ?paper a fabio:Article }
