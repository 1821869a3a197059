INSERT { <https://w3id.org/her2ld/statement/second> ?property ?value ; her2:about her2:CellTransformation }
WHERE { ?gap a her2:KnowledgeGap ; ?property ?value . FILTER(?property != her2:about) }
