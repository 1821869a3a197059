DELETE { ?gap her2:cue ?value }
WHERE { ?gap a her2:KnowledgeGap ; her2:cue ?value }
