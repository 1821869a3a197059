# The digest is in capitals.
DELETE { ?text her2:sha256 ?digest }
INSERT { ?text her2:sha256 ?capitals }
WHERE  { ?text a her2:TitleText ; her2:sha256 ?digest . BIND(UCASE(?digest) AS ?capitals) }
