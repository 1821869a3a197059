DELETE { ?said her2:evidence ?value }
INSERT {
    ?said her2:evidence <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=315,396> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=315,396>
        a oa:SpecificResource ;
        oa:hasSource <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract> ;
        oa:hasSelector <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=315,396> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=315,396>
        a oa:TextPositionSelector, oa:TextQuoteSelector ;
        oa:start 315 ;
        oa:end 396 ;
        oa:exact "activates the HER2 signaling pathway. The intracellular signaling pathway of HER2" .
}
WHERE { ?said rdfs:label "HER2:HER1 heterodimer activates HER2 signaling pathway"@en ; her2:evidence ?value }
