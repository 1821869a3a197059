DELETE { her2:HER2Phosphorylation skos:broadMatch ?match }
INSERT { her2:HER2Phosphorylation her2:noTermIn "MeSH 2024" }
WHERE { her2:HER2Phosphorylation skos:broadMatch ?match }
