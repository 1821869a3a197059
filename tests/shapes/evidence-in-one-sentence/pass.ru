DELETE { ?said her2:evidence ?value }
INSERT {
    ?said her2:evidence <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=315,352> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=315,352>
        a oa:SpecificResource ;
        her2:inSentence <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=215,352> ;
        oa:hasSource <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract> ;
        oa:hasSelector <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=315,352> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=315,352>
        a oa:TextPositionSelector, oa:TextQuoteSelector ;
        oa:start 315 ;
        oa:end 352 ;
        oa:exact "activates the HER2 signaling pathway." .
}
WHERE { ?said rdfs:label "HER2:HER1 heterodimer activates HER2 signaling pathway"@en ; her2:evidence ?value }
