# The digest is that of another text, in the right form.
DELETE { ?text her2:sha256 ?digest }
INSERT { ?text her2:sha256 ?other }
WHERE  { ?text a her2:TitleText ; her2:sha256 ?digest . BIND(SHA256("another text") AS ?other) }
