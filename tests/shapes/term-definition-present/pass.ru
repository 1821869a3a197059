DELETE { her2:HER2Phosphorylation skos:scopeNote ?note }
WHERE { her2:HER2Phosphorylation skos:scopeNote ?note }
