DELETE { her2:encodes skos:definition ?definition }
INSERT { her2:encodes skos:definition "holds between a gene and the protein made from it"@en }
WHERE { her2:encodes skos:definition ?definition }
