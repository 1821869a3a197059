DELETE { ?gap her2:cue ?value }
INSERT {
    ?gap her2:cue <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=575,586> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=575,586>
        a oa:SpecificResource ;
        her2:inSentence <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=502,604> ;
        oa:hasSource <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract> ;
        oa:hasSelector <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=575,586> .
    <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#selector=575,586>
        a oa:TextPositionSelector, oa:TextQuoteSelector ;
        oa:start 575 ;
        oa:end 586 ;
        oa:exact "are not yet" .
}
WHERE { ?gap a her2:KnowledgeGap ; her2:cue ?value }
