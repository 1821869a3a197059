INSERT { ?gap her2:unknownAspect ?words }
WHERE {
    ?gap a her2:KnowledgeGap .
    ?words oa:hasSelector ?wordsSelector . ?wordsSelector oa:exact "is thought to involve" .
}
