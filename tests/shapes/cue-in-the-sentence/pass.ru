DELETE { ?said her2:basisCue ?cue }
INSERT { ?said her2:basisCue ?other }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?other oa:exact "tumor aggressiveness" . OPTIONAL { ?said her2:basisCue ?cue } }
