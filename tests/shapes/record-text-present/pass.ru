# A paper whose title is no text of its own still has its abstract.
DELETE { ?paper her2:hasText ?title }
WHERE  { ?paper a fabio:Article ; her2:hasText ?title . ?title a her2:TitleText }
