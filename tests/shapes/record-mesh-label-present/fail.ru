# One more substance, which is called nothing.
INSERT { ?paper her2:substance mesh:C000613593 }
WHERE  { ?paper a fabio:Article }
