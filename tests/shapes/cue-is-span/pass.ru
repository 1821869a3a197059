DELETE { ?said her2:cue ?value }
INSERT {
    ?said her2:cue <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=787,795> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=787,795>
        a oa:SpecificResource ;
        her2:inSentence <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=767,934> ;
        oa:hasSource <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract> ;
        oa:hasSelector <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=787,795> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=787,795>
        a oa:TextPositionSelector, oa:TextQuoteSelector ;
        oa:start 787 ;
        oa:end 795 ;
        oa:exact "has been" .
}
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; her2:cue ?value }
