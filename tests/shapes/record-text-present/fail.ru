# The paper is parted from its texts.
DELETE { ?paper her2:hasText ?text }
WHERE  { ?paper a fabio:Article ; her2:hasText ?text }
