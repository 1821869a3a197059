# The substance is given by its page and not by its IRI.
INSERT { ?paper her2:substance <https://meshb.nlm.nih.gov/record/ui?ui=D018719> }
WHERE  { ?paper a fabio:Article }
