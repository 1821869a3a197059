INSERT { ?gap her2:unknownAspect <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=502,604> }
WHERE { ?gap a her2:KnowledgeGap }
