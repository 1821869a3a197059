DELETE { her2:HER2Phosphorylation skos:broadMatch ?match }
WHERE { her2:HER2Phosphorylation skos:broadMatch ?match }
