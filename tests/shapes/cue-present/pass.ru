DELETE { ?said her2:modality ?modality ; her2:cue ?cue }
INSERT { ?said her2:modality her2:Asserted . ?subject ?relation ?object }
WHERE {
    ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; her2:modality ?modality ; her2:cue ?cue .
    ?said rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
}
