DELETE { ?said her2:evidence ?value }
INSERT {
    ?said her2:evidence <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=806,855> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=806,855>
        a oa:SpecificResource ;
        her2:inSentence <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=767,934> ;
        oa:hasSource <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract> ;
        oa:hasSelector <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=806,855> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=806,855>
        a oa:TextPositionSelector, oa:TextQuoteSelector ;
        oa:start 806 ;
        oa:end 855 ;
        oa:exact "to associate with tumor aggressiveness, prognosis" .
}
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; her2:evidence ?value }
