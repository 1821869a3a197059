INSERT { ?said her2:leavesOpen ?claim ; her2:subjectWords ?words ; her2:objectWords ?words }
WHERE { ?said a her2:KnowledgeGap . ?said her2:gapCue ?words . ?fellow rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?fellow her2:affirms ?claim }
