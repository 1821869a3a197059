DELETE { her2:HER2Phosphorylation skos:broadMatch ?match }
INSERT { her2:HER2Phosphorylation her2:notLookedUp true }
WHERE { her2:HER2Phosphorylation skos:broadMatch ?match }
