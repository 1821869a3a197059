DELETE { her2:HER2Phosphorylation skos:altLabel ?synonym }
WHERE { her2:HER2Phosphorylation skos:altLabel ?synonym }
