DELETE { ?gap her2:evidence ?value }
INSERT { ?gap her2:evidence <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=511,574> }
WHERE { ?gap a her2:KnowledgeGap ; her2:evidence ?value }
