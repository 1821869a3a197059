DELETE { her2:HER2Phosphorylation skos:definition ?definition }
WHERE { her2:HER2Phosphorylation skos:definition ?definition }
