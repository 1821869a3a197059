INSERT { ?said her2:certainty her2:Possible }
WHERE { ?said a her2:KnowledgeGap .  }
