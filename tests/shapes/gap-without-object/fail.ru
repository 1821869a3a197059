INSERT { ?gap rdf:object her2:CellTransformation }
WHERE { ?gap a her2:KnowledgeGap }
