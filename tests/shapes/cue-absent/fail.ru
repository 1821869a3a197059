INSERT { ?said her2:cue ?cue }
WHERE {
    ?said rdfs:label "HER2 gene amplification induces cell transformation"@en .
    ?cue oa:hasSelector ?cueSelector . ?cueSelector oa:exact "has been demonstrated" .
}
