DELETE { ?gap her2:about her2:RasMAPKPathway }
WHERE { ?gap a her2:KnowledgeGap ; her2:about her2:RasMAPKPathway }
