DELETE { ?said her2:modality ?modality }
INSERT { ?said her2:modality her2:Demonstrated ; her2:cue ?cue }
WHERE {
    ?said rdfs:label "HER2 gene amplification induces cell transformation"@en ; her2:modality ?modality .
    ?cue oa:hasSelector ?cueSelector . ?cueSelector oa:exact "has been demonstrated" .
}
