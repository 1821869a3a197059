DELETE { ?said her2:certaintyCue ?cue }
INSERT { ?said her2:certaintyCue ?other }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:certaintyCue ?cue . ?other oa:exact "is thought" }
