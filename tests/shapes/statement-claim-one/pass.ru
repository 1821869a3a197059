DELETE { ?said her2:affirms ?claim }
INSERT { ?said her2:denies ?claim ; her2:polarityCue ?cue }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:affirms ?claim ; her2:certaintyCue ?cue }
