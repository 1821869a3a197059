DELETE { ?said her2:cue ?value }
INSERT { ?said her2:cue ?cue }
WHERE {
    ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; her2:cue ?value .
    ?cue oa:hasSelector ?cueSelector . ?cueSelector oa:exact "is thought to involve" .
}
