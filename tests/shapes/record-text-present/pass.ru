# A paper without an abstract still has its title.
DELETE { ?paper her2:hasText ?abstract }
WHERE  { ?paper a fabio:Article ; her2:hasText ?abstract . ?abstract a her2:AbstractText }
