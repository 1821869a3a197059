DELETE { ?gap her2:about ?value }
WHERE { ?gap a her2:KnowledgeGap ; her2:about ?value }
