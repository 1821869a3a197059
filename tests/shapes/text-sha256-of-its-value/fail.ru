# The digest is well formed, and that of another text.
DELETE { ?text her2:sha256 ?digest }
INSERT { ?text her2:sha256 ?other }
WHERE  { ?text a her2:TitleText ; her2:sha256 ?digest . BIND(SHA256("another text") AS ?other) }
