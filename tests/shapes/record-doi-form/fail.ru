# The DOI is written with the word in front.
DELETE { ?paper bibo:doi ?doi }
INSERT { ?paper bibo:doi "doi:10.1007/BF02967477" }
WHERE  { ?paper a fabio:Article ; bibo:doi ?doi }
