DELETE { ?gap her2:unknownAspect ?value }
INSERT {
    ?gap her2:unknownAspect <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=542,574> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=542,574>
        a oa:SpecificResource ;
        her2:inSentence <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=502,604> ;
        oa:hasSource <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract> ;
        oa:hasSelector <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=542,574> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=542,574>
        a oa:TextPositionSelector, oa:TextQuoteSelector ;
        oa:start 542 ;
        oa:end 574 ;
        oa:exact "the activation of these pathways" .
}
WHERE { ?gap a her2:KnowledgeGap ; her2:unknownAspect ?value }
