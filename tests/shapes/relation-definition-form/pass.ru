DELETE { her2:encodes skos:definition ?definition }
INSERT { her2:encodes skos:definition "relation that joins a gene with the protein made from it"@en }
WHERE { her2:encodes skos:definition ?definition }
