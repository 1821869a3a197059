# The title loses its digest.
DELETE { ?text her2:sha256 ?digest }
WHERE  { ?text a her2:TitleText ; her2:sha256 ?digest }
