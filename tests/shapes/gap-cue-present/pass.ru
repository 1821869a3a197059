# The words of an aim are a cue of what is not known.
DELETE { ?said her2:gapCue ?cue }
INSERT { ?said her2:basisCue ?cue }
WHERE { ?said a her2:KnowledgeGap . ?said her2:gapCue ?cue }
