DELETE { ?span her2:inSentence ?sentence }
INSERT { ?span her2:inSentence ?other }
WHERE {
    ?span her2:inSentence ?sentence ; oa:hasSelector/oa:exact "tyrosine kinase inhibitors, such as emodin" .
    ?other a her2:Sentence ; her2:order 2 .
}
