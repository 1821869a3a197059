# A starred pair is a primary subject of the paper, and its descriptor alone is one too.
INSERT { ?paper fabio:hasPrimarySubjectTerm ?descriptor }
WHERE  { ?paper her2:heading ?heading . ?heading her2:descriptor ?descriptor . ?descriptor rdfs:label "Breast Neoplasms"@en }
