# One more publication type, Comparative Study.
INSERT { ?paper her2:publicationType mesh:D003160 . mesh:D003160 rdfs:label "Comparative Study"@en }
WHERE  { ?paper a fabio:Article }
