# Both texts have the same digest.
DELETE { ?text her2:sha256 ?digest }
INSERT { ?text her2:sha256 ?same }
WHERE  { ?text a her2:TitleText ; her2:sha256 ?digest . ?other a her2:AbstractText ; her2:sha256 ?same }
