INSERT { ?said her2:objectExemplarOf her2:Phosphorylation }
WHERE { ?said rdfs:label "emodin inhibits HER2 phosphorylation"@en }
