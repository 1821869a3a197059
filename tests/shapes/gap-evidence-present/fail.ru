DELETE { ?gap her2:evidence ?value }
WHERE { ?gap a her2:KnowledgeGap ; her2:evidence ?value }
